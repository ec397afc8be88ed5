#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

#include "registry/base/result.h"
#include "registry/store/history.h"
#include "registry/store/store.h"

namespace registry {

/// Looks at a ledger as it was. The history is folded up when somebody asks for more of it than there is. Thread-safe;
/// must end before the store.
class Past {
 public:
  /// One request folds for `fold_max`, then it is told to come again.
  explicit Past(Store& store, std::chrono::milliseconds fold_max = std::chrono::seconds(15))
      : store_(store), fold_max_(fold_max) {}

  /// Sees what was known when entry `known_at` was the newest (the newest there is, unless told), and of that what had
  /// happened by `as_of`. Refuses known-at-unknown for an index that the log has not reached, and history-behind while
  /// so much is still to be folded that one request cannot wait for it: asked again, it goes on where it stopped.
  Result<std::unique_ptr<Reader>> read(std::optional<std::int64_t> known_at, std::optional<UtcTime> as_of);

 private:
  Check fold_to(std::int64_t size);
  History& history();
  Store& store_;
  std::chrono::milliseconds fold_max_;
  /// Entries that are surely folded.
  std::atomic<std::int64_t> folded_ = 0;
  std::mutex mutex_;
  std::unique_ptr<History> history_;
};

/// The end of the log when entry `index`, which must be there, was the newest.
LogState state_at(Reader& reader, std::int64_t index);

}  // namespace registry
