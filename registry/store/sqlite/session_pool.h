#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// Reading sessions, made when first needed and lent to one thread at a time. Poco's own pool throws instead of waiting
/// and keeps a transaction that was left open.
class SessionPool {
 public:
  explicit SessionPool(std::string path);

  /// Waits for a free session; throws StoreFault busy when none comes back in time.
  std::unique_ptr<Session> take();
  /// Takes a session back; one that cannot leave its transaction is closed.
  void give_back(std::unique_ptr<Session> session) noexcept;
  /// Lends nothing until resume(), and waits for all sessions to come back. False, and lending on, when one does not.
  bool pause(std::chrono::milliseconds wait_max);
  void resume();

 private:
  std::unique_ptr<Session> make();

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> free_;
  std::size_t lent_ = 0;
  bool paused_ = false;
};

}  // namespace registry::sqlite
