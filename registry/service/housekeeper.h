#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace registry {

/// Does one thing again and again on a thread of its own: each wake is followed by at least one run that begins after
/// it.
class Housekeeper {
 public:
  /// `work` does not throw.
  explicit Housekeeper(std::function<void()> work);
  /// Waits for the run that is going on; what was asked for since is left.
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

  void wake();

 private:
  void run();

  const std::function<void()> work_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool wanted_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace registry
