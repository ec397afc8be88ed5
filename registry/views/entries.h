#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "registry/base/time.h"
#include "registry/domain/value.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

namespace registry {

/// Empty members do not filter.
/// Which end of the log comes first.
enum class EntryOrder { oldest, newest };
template <>
struct EnumNames<EntryOrder> {
  static constexpr std::string_view names[] = {"oldest", "newest"};
};

struct EntryFilter {
  std::string party, type, chain;
  std::int64_t from = 0;
  EntryOrder order = EntryOrder::oldest;
};

/// An entry without what it says.
struct EntryLine {
  std::int64_t index = 0;
  std::string chain;
  std::int64_t cseq = 0;
  std::string party, type;
  UtcTime rtime;
};

/// An entry that was corrected, and the one that corrects it.
struct CorrectionPair {
  std::int64_t original = 0, by = 0;
};
/// The pair of which the entry is one; nothing when it is neither.
std::optional<CorrectionPair> correction_of(Reader& reader, const EntryRow& entry);

/// Whether a move of the entry is of goods within the bounds.
bool has_moved_goods(Reader& reader, std::int64_t index, const Bounds& bounds);

/// In log order. Within bounds of goods: what the office wrote itself, and what moved its goods.
PageOf<EntryLine> list_entries(Reader& reader, const EntryFilter& filter, const Page& page);

}  // namespace registry
