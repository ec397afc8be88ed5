#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/domain/outcome.h"
#include "registry/store/store.h"

namespace registry {

/// Called now and then with how many entries are done.
using FoldProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Folds the outcomes of a log, as far as its own fold goes, or of its first `size` entries, into an empty store: all read
/// tables and moves, nothing else. It reads entries and no read table of `log`. Throws StoreFault corrupt naming the
/// entry whose outcome cannot be folded.
void refold(Reader& log, Store& into, const FoldProgress& progress = {}, std::optional<std::int64_t> size = {});

/// Folds what the log has and the read tables of the same store have not, as after the end of a process that had no
/// time to. Gives the number of entries folded, all of them. Throws StoreFault.
std::int64_t catch_up(Store& store);

/// One read table, or the moves, that is not what the log says.
struct ViewDifference {
  std::string table, key;
  /// Canonical JSON of the row; empty where there is none.
  std::string kept, folded;
};

inline constexpr std::size_t kDifferencesMax = 1'000;

/// Compares all read tables and moves, row by row. At most kDifferencesMax are named.
std::vector<ViewDifference> compare_views(Reader& kept, Reader& folded);

/// Makes the read tables of `kept` equal to the folded ones, in one transaction; entries, tiles and moves stay. For a
/// store that no sequencer has open.
void adopt_views(AppendTx& kept, Reader& folded);

}  // namespace registry
