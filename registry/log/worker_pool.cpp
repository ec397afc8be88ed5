#include "registry/log/worker_pool.h"

#include <algorithm>

namespace registry::verifying {

WorkerPool::Group::~Group() {
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return running_ == 0; });
}

void WorkerPool::Group::start() {
  const std::lock_guard lock(mutex_);
  ++running_;
}

void WorkerPool::Group::finish(std::exception_ptr failure) {
  const std::lock_guard lock(mutex_);
  if (failure && !failure_) failure_ = std::move(failure);
  if (--running_ == 0) done_.notify_all();
}

void WorkerPool::Group::wait() {
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return running_ == 0; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, {}));
}

WorkerPool::WorkerPool(unsigned threads) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

void WorkerPool::run(Group& group, std::function<void()> task) {
  group.start();
  {
    const std::lock_guard lock(mutex_);
    jobs_.emplace_back(&group, std::move(task));
  }
  wake_.notify_one();
}

void WorkerPool::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    std::exception_ptr failure;
    try {
      job.second();
    } catch (...) {
      failure = std::current_exception();
    }
    job.first->finish(std::move(failure));
  }
}

}  // namespace registry::verifying
