#include "registry/service/sequencer.h"

#include <chrono>

#include "registry/base/limits.h"

namespace registry {
namespace {

/// The refusal of a batch that is certainly not stored; nothing for a fault after which we know nothing.
std::optional<Refusal> harmless(StoreError error) {
  switch (error) {
    case StoreError::busy:
    case StoreError::unavailable:
      return refuse("store-busy");
    case StoreError::full:
      return refuse("storage-full");
    case StoreError::conflict:
    case StoreError::corrupt:
    case StoreError::unknown_outcome:
      return {};
  }
  return {};
}

/// Entries that are folded at once while more come in.
constexpr std::int64_t kFoldAt = 6'000;
/// After so long without anything to write, and without space to write it.
constexpr std::chrono::milliseconds kIdle{20}, kAfterFailure{1'000};

std::uint64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  const auto took = std::chrono::steady_clock::now() - start;
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

}  // namespace

Sequencer::Sequencer(BatchWriter writer, Store& store, AnchorFile& anchor, const Clock& clock,
                     std::function<void(const Published&)> published)
    : writer_(std::move(writer)),
      store_(store),
      clock_(clock),
      publisher_(anchor, std::move(published), [this](const std::string& reason) { stop_writing(reason); }),
      housekeeper_([this] { attempt([this] { store_.maintain(); }); }),
      thread_([this] { run(); }) {
  store_.on_fold_wanted([this] {
    {
      const std::lock_guard lock(mutex_);
      fold_wanted_ = true;
    }
    wake_.notify_all();
  });
}

Sequencer::~Sequencer() {
  store_.on_fold_wanted({});
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<std::future<Answers>> Sequencer::submit(std::vector<Prepared> entries) {
  Group group{std::move(entries), {}};
  auto answers = group.done.get_future();
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || ending_) return refuse("writer-stopped");
    if (queued_entries_ + group.entries.size() > limits::kQueueMax) return refuse("queue-full");
    queued_entries_ += group.entries.size();
    queue_.push_back(std::move(group));
  }
  wake_.notify_one();
  return answers;
}

std::optional<std::string> Sequencer::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

std::size_t Sequencer::waiting() const {
  const std::lock_guard lock(mutex_);
  return queued_entries_;
}

std::vector<Sequencer::Group> Sequencer::take() {
  std::unique_lock lock(mutex_);
  const auto something = [this] { return ending_ || fold_wanted_ || !queue_.empty(); };
  if (writer_.unfolded() > 0 && !stopped_)
    wake_.wait_for(lock, fold_failed_ ? kAfterFailure : kIdle, something);
  else
    wake_.wait(lock, something);
  fold_wanted_ = false;
  std::vector<Group> groups;
  std::size_t entries = 0;
  while (!queue_.empty() && (groups.empty() || entries + queue_.front().entries.size() <= limits::kCommitEntriesMax)) {
    entries += queue_.front().entries.size();
    groups.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_entries_ -= entries;
  return groups;
}

void Sequencer::run() {
  for (;;) {
    auto groups = take();
    const bool idle = groups.empty();
    if (!idle) write_or_refuse(groups);
    const bool last = is_over();
    if (is_fold_due(idle || last)) fold();
    if (last) return;
  }
}

bool Sequencer::is_over() const {
  const std::lock_guard lock(mutex_);
  return ending_ && queue_.empty();
}

void Sequencer::write_or_refuse(std::vector<Group>& groups) {
  if (stopped()) return refuse_all(groups, refuse("writer-stopped"));
  try {
    write(groups);
  } catch (const StoreFault& fault) {
    const auto refusal = harmless(fault.error());
    if (!refusal) stop_writing(fault.what());
    refuse_all(groups, refusal.value_or(refuse("writer-stopped")));
  } catch (const std::exception& fault) {
    stop_writing(fault.what());
    refuse_all(groups, refuse("writer-stopped"));
  }
}

bool Sequencer::is_fold_due(bool idle) const { return idle || writer_.unfolded() >= kFoldAt || store_.fold_wanted(); }

/// After a stop readers get what there is: folding is for the next start.
void Sequencer::fold() {
  const auto start = std::chrono::steady_clock::now();
  fold_failed_ = stopped() || !try_fold();
  if (fold_failed_) return store_.give_up_fold();
  ++counts_.folds;
  counts_.fold_us += microseconds_since(start);
}

bool Sequencer::try_fold() {
  const bool folded = attempt([this] { writer_.fold(); });
  if (folded) housekeeper_.wake();
  return folded;
}

bool Sequencer::attempt(const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const StoreFault& fault) {
    if (!harmless(fault.error())) stop_writing(fault.what());
  } catch (const std::exception& fault) {
    stop_writing(fault.what());
  }
  return false;
}

void Sequencer::write(std::vector<Group>& groups) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<const Prepared*> batch;
  for (const Group& group : groups)
    for (const Prepared& entry : group.entries) batch.push_back(&entry);
  const std::int64_t size_before = writer_.state().size;
  Answers answers = writer_.write(batch, clock_.now());
  const bool committed = writer_.state().size != size_before;
  if (committed) ++counts_.commits;
  count(answers);
  counts_.commit_us += microseconds_since(start);
  hand_over(groups, std::move(answers), committed);
  housekeeper_.wake();
}

void Sequencer::hand_over(std::vector<Group>& groups, Answers answers, bool committed) {
  CommittedBatch batch;
  if (committed) batch.published = Published{writer_.state(), writer_.checkpoint()};
  auto next = answers.begin();
  for (Group& group : groups) {
    const auto end = next + static_cast<std::ptrdiff_t>(group.entries.size());
    batch.answers.push_back(
        {Answers(std::make_move_iterator(next), std::make_move_iterator(end)), std::move(group.done)});
    next = end;
  }
  groups.clear();
  publisher_.add(std::move(batch));
}

void Sequencer::count(const Answers& answers) {
  for (const auto& answer : answers) {
    if (!answer)
      ++counts_.refused;
    else if (!answer->known)
      ++counts_.entries;
  }
}

void Sequencer::refuse_all(std::vector<Group>& groups, const Refusal& refusal) {
  for (Group& group : groups) group.done.set_value(Answers(group.entries.size(), Result<Appended>(refusal)));
}

void Sequencer::stop_writing(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  stopped_ = reason;
}

}  // namespace registry
