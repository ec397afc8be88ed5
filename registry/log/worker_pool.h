#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace registry::verifying {

/// A few threads that run tasks in the order given.
class WorkerPool {
 public:
  /// Tasks that are waited for together; also by the destructor, which drops their failures.
  class Group {
   public:
    Group() = default;
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    /// Returns when all tasks have run; throws what the first failed one threw.
    void wait();

   private:
    friend class WorkerPool;
    void start();
    void finish(std::exception_ptr failure);
    std::mutex mutex_;
    std::condition_variable done_;
    std::size_t running_ = 0;
    std::exception_ptr failure_;
  };

  /// 0 takes one thread a core.
  explicit WorkerPool(unsigned threads);
  /// Runs what is queued to its end.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void run(Group& group, std::function<void()> task);

 private:
  using Job = std::pair<Group*, std::function<void()>>;
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace registry::verifying
