#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "registry/base/time.h"
#include "registry/service/anchor.h"
#include "registry/service/batch_writer.h"
#include "registry/service/housekeeper.h"
#include "registry/service/publisher.h"

namespace registry {

/// Counters for the metrics page; read at any time.
struct SequencerCounts {
  std::atomic<std::uint64_t> commits{0}, entries{0}, refused{0}, commit_us{0}, folds{0}, fold_us{0};
};

/// The one thread that writes. Takes all that waits, without lingering, and writes it in one transaction; the publisher
/// anchors and answers, the housekeeper moves the write-ahead log and fills indexes. Folds when enough has gathered,
/// when a reader waits for it, and when there is nothing to write. After an unclear commit it stops for good: the next
/// start reads what happened.
class Sequencer {
 public:
  /// `published` is called after each anchored commit, before its answers, on the publisher's thread.
  Sequencer(BatchWriter writer, Store& store, AnchorFile& anchor, const Clock& clock,
            std::function<void(const Published&)> published);
  /// Writes what waits, then ends.
  ~Sequencer();

  /// Queues entries that belong together, in order. Refuses with queue-full or writer-stopped, and then none of them is
  /// stored.
  Result<std::future<Answers>> submit(std::vector<Prepared> entries);

  /// Why writing has stopped, if it has.
  std::optional<std::string> stopped() const;
  std::size_t waiting() const;
  const SequencerCounts& counts() const { return counts_; }

 private:
  struct Group {
    std::vector<Prepared> entries;
    std::promise<Answers> done;
  };
  void run();
  std::vector<Group> take();
  void write_or_refuse(std::vector<Group>& groups);
  void write(std::vector<Group>& groups);
  bool is_fold_due(bool idle) const;
  bool is_over() const;
  void fold();
  bool try_fold();
  /// False if it failed; writing stops where the fault may have lost something.
  bool attempt(const std::function<void()>& work);
  void refuse_all(std::vector<Group>& groups, const Refusal& refusal);
  void hand_over(std::vector<Group>& groups, Answers answers, bool committed);
  void count(const Answers& answers);
  void stop_writing(const std::string& reason);

  BatchWriter writer_;
  Store& store_;
  const Clock& clock_;
  SequencerCounts counts_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Group> queue_;
  std::size_t queued_entries_ = 0;
  bool ending_ = false;
  /// Somebody waits for the fold.
  bool fold_wanted_ = false;
  /// The last fold failed: the next try is not made at once.
  bool fold_failed_ = false;
  std::optional<std::string> stopped_;
  Publisher publisher_;
  Housekeeper housekeeper_;
  std::thread thread_;
};

}  // namespace registry
