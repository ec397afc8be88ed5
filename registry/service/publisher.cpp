#include "registry/service/publisher.h"

#include <algorithm>

namespace registry {

Publisher::Publisher(AnchorFile& anchor, std::function<void(const Published&)> published,
                     std::function<void(const std::string&)> failed)
    : anchor_(anchor), published_(std::move(published)), failed_(std::move(failed)), thread_([this] { run(); }) {}

Publisher::~Publisher() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Publisher::add(CommittedBatch batch) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(batch));
  }
  wake_.notify_one();
}

void Publisher::run() {
  for (;;) {
    std::vector<CommittedBatch> batches;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batches.swap(waiting_);
    }
    publish(std::move(batches));
  }
}

void Publisher::anchor(const Published& newest) {
  try {
    anchor_.write({static_cast<std::uint64_t>(newest.state.size), newest.state.root});
    published_(newest);
  } catch (const std::exception& fault) {
    broken_ = true;
    failed_(fault.what());
  }
}

void Publisher::publish(std::vector<CommittedBatch> batches) {
  const auto newest = std::find_if(batches.rbegin(), batches.rend(), [](const auto& b) { return b.published; });
  if (newest != batches.rend() && !broken_) anchor(*newest->published);
  for (CommittedBatch& batch : batches)
    for (PendingAnswers& pending : batch.answers)
      pending.done.set_value(broken_ ? Answers(pending.answers.size(), Result<Appended>(refuse("writer-stopped")))
                                     : std::move(pending.answers));
}

}  // namespace registry
