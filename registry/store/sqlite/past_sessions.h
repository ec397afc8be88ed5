#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "registry/store/sqlite/history_sql.h"
#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// Sessions that read the log with the history beside it. In each, temporary views stand in the place of every read
/// table and of the log, so that a query finds the past under the names of the present.
class PastSessions {
 public:
  PastSessions(std::string store, std::string history, Sight sight);

  /// Waits for a free session; throws StoreFault busy when none comes back in time.
  std::unique_ptr<Session> take();
  void give_back(std::unique_ptr<Session> session) noexcept;

 private:
  std::unique_ptr<Session> make() const;
  const std::string store_, history_;
  const Sight sight_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> free_;
  std::size_t lent_ = 0;
};

}  // namespace registry::sqlite
