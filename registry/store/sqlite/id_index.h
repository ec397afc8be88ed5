#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "crypto/digest.h"
#include "registry/store/sqlite/id_file.h"
#include "registry/store/sqlite/reads.h"

namespace registry::sqlite {

/// Finds entries by id: ids of the newest entries are in memory, those of all others in a side file, which is filled
/// behind the commits in sorted batches. An index on digests in the commit itself would cost more than all the rest of
/// it once there are a million. For any thread.
class IdIndex {
 public:
  /// Takes the file when it belongs to the log that `reads` sees, else makes it anew, or does without when it may not.
  IdIndex(std::string path, Access access, Reads& reads);

  /// The entry with that id among the first `size`, confirmed against the entry itself.
  std::optional<std::int64_t> find(const crypto::Digest& id, Reads& reads, std::int64_t size);

  /// Committed entries from index `first` on.
  void note(std::int64_t first, std::span<const crypto::Digest> ids);

  /// Moves a slice of what is in memory into the file.
  void maintain(Reads& reads, std::int64_t size);

 private:
  void open(Reads& reads);
  void start_anew();
  void add(std::int64_t seq, const crypto::Digest& id);
  void catch_up(Reads& reads, std::int64_t size, std::size_t entries_max);
  std::vector<std::int64_t> stored_candidates(std::int64_t id8);
  void start_batch();
  void store_slice(Reads& reads);
  void finish_batch(Reads& reads);

  const std::string path_;
  const Access access_;

  std::mutex mutex_;
  std::unique_ptr<IdFile> file_;
  /// Ids of the entries [stored_, known_).
  std::unordered_multimap<std::int64_t, std::int64_t> recent_;
  std::int64_t stored_ = 0;
  std::int64_t known_ = 0;
  /// The ids of [stored_, batch_end_) in order of id8, of which the first `batch_done_` are in the file.
  std::vector<ShortId> batch_;
  std::size_t batch_done_ = 0;
  std::int64_t batch_end_ = 0;
};

}  // namespace registry::sqlite
