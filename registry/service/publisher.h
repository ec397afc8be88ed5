#pragma once

#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "registry/service/anchor.h"
#include "registry/service/batch_writer.h"

namespace registry {

/// What became public with a commit.
struct Published {
  LogState state;
  std::shared_ptr<const std::string> checkpoint;
};

using Answers = std::vector<Result<Appended>>;

/// Answers that wait for their commit to be anchored.
struct PendingAnswers {
  Answers answers;
  std::promise<Answers> done;
};

/// A batch whose transaction is over.
struct CommittedBatch {
  /// The log after it; nothing when all of its entries were refused or known.
  std::optional<Published> published;
  std::vector<PendingAnswers> answers;
};

/// The last stage of a write, on a thread of its own: anchors what was committed, makes the checkpoint public, and only
/// then answers. While it waits for the anchor's disk, the next batch is decided. One anchor write covers every batch
/// that waits.
class Publisher {
 public:
  /// `published` is called with the newest commit before its answers go out; `failed` when the anchor could not be
  /// written: then nothing more must be committed.
  Publisher(AnchorFile& anchor, std::function<void(const Published&)> published,
            std::function<void(const std::string&)> failed);
  /// Publishes what waits, then ends.
  ~Publisher();

  void add(CommittedBatch batch);

 private:
  void run();
  void publish(std::vector<CommittedBatch> batches);
  void anchor(const Published& newest);

  AnchorFile& anchor_;
  std::function<void(const Published&)> published_;
  std::function<void(const std::string&)> failed_;
  bool broken_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<CommittedBatch> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace registry
