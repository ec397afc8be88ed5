#include "registry/store/sqlite/id_index.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "registry/base/fault.h"
#include "registry/log/leaf.h"
#include "registry/store/sqlite/leaf_facts.h"

namespace registry::sqlite {
namespace {

/// Ids that go into the file together: the more, the fewer pages each id touches, and the more is read at a start.
constexpr std::size_t kBatch = 16'384;
/// Ids stored in one call of maintain, so that the next commit waits a few milliseconds at most.
constexpr std::size_t kSlice = 1'024;
/// Leaves read at once.
constexpr std::size_t kPage = 256;

}  // namespace

IdIndex::IdIndex(std::string path, Access access, Reads& reads) : path_(std::move(path)), access_(access) {
  open(reads);
}

void IdIndex::open(Reads& reads) {
  file_.reset();
  try {
    auto file = std::make_unique<IdFile>(path_, access_);
    const auto extent = file->extent();
    const auto last = extent.size ? reads.leaves(extent.size - 1, 1) : std::vector<std::string>{};
    if (extent.size && (last.empty() || leaf_hash(last.front()) != extent.head))
      throw StoreFault(StoreError::corrupt, "the index of entry ids belongs to another log");
    stored_ = known_ = extent.size;
    file_ = std::move(file);
  } catch (const StoreFault&) {
    start_anew();
  }
}

/// Starts the file anew; goes on without one if even that fails, or if it may not.
void IdIndex::start_anew() {
  file_.reset();
  recent_.clear(), batch_.clear();
  stored_ = known_ = 0;
  if (access_ == Access::read) return;
  IdFile::remove(path_);
  try {
    file_ = std::make_unique<IdFile>(path_, access_);
  } catch (const StoreFault&) {
    file_.reset();
  }
}

std::optional<std::int64_t> IdIndex::find(const crypto::Digest& id, Reads& reads, std::int64_t size) {
  std::vector<std::int64_t> found;
  {
    const std::lock_guard lock(mutex_);
    found = stored_candidates(first_bytes(id));
    catch_up(reads, size, std::numeric_limits<std::size_t>::max());
    const auto [first, last] = recent_.equal_range(first_bytes(id));
    for (auto at = first; at != last; ++at) found.push_back(at->second);
  }
  for (const auto seq : found) {
    if (seq >= size) continue;
    const auto leaf = reads.leaves(seq, 1);
    if (!leaf.empty() && id_of_leaf(leaf.front()) == id) return seq;
  }
  return {};
}

/// A damaged file is dropped; the caller then catches up from the beginning of the log.
std::vector<std::int64_t> IdIndex::stored_candidates(std::int64_t id8) {
  if (!file_) return {};
  try {
    return file_->find(id8);
  } catch (const StoreFault&) {
    start_anew();
    return {};
  }
}

void IdIndex::add(std::int64_t seq, const crypto::Digest& id) { recent_.emplace(first_bytes(id), seq); }

void IdIndex::note(std::int64_t first, std::span<const crypto::Digest> ids) {
  const std::lock_guard lock(mutex_);
  if (first != known_) return;
  for (const auto& id : ids) add(known_++, id);
}

void IdIndex::catch_up(Reads& reads, std::int64_t size, std::size_t entries_max) {
  while (known_ < size && entries_max > 0) {
    const auto count = std::min({kPage, entries_max, static_cast<std::size_t>(size - known_)});
    const auto leaves = reads.leaves(known_, count);
    if (leaves.empty()) return;
    for (const auto& leaf : leaves) add(known_++, id_of_leaf(leaf));
    entries_max -= leaves.size();
  }
}

void IdIndex::maintain(Reads& reads, std::int64_t size) {
  const std::lock_guard lock(mutex_);
  if (access_ == Access::read) return;
  catch_up(reads, size, kSlice);
  if (!file_) return;
  try {
    if (batch_.empty() && static_cast<std::size_t>(known_ - stored_) >= kBatch) start_batch();
    if (!batch_.empty()) store_slice(reads);
  } catch (const StoreFault&) {
    start_anew();
  }
}

void IdIndex::start_batch() {
  batch_.reserve(recent_.size());
  for (const auto& [id8, seq] : recent_) batch_.push_back({id8, seq});
  std::sort(batch_.begin(), batch_.end());
  batch_done_ = 0;
  batch_end_ = known_;
}

void IdIndex::store_slice(Reads& reads) {
  const auto count = std::min(kSlice, batch_.size() - batch_done_);
  file_->insert(std::span(batch_).subspan(batch_done_, count));
  batch_done_ += count;
  if (batch_done_ == batch_.size()) finish_batch(reads);
}

void IdIndex::finish_batch(Reads& reads) {
  const auto last = reads.leaves(batch_end_ - 1, 1);
  if (last.empty()) throw StoreFault(StoreError::corrupt, "an entry is missing");
  file_->set_extent({batch_end_, leaf_hash(last.front())});
  stored_ = batch_end_;
  std::erase_if(recent_, [&](const auto& id) { return id.second < stored_; });
  batch_.clear();
}

}  // namespace registry::sqlite
