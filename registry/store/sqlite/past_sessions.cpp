#include "registry/store/sqlite/past_sessions.h"

#include <chrono>
#include <utility>

#include "registry/base/fault.h"
#include "registry/store/dump.h"

namespace registry::sqlite {
namespace {

/// Looking back is rarer than looking, and reads more.
constexpr std::size_t kSessionsMax = 4;
constexpr std::chrono::seconds kWaitMax{20};

constexpr char kSetUp[] =
    "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8192;"
    "CREATE TEMP TABLE moment (known_at INTEGER NOT NULL, as_of INTEGER NOT NULL);"
    "CREATE TEMP TABLE state (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, head BLOB NOT NULL, "
    "rtime INTEGER NOT NULL, policy INTEGER NOT NULL, epoch INTEGER NOT NULL, folded INTEGER NOT NULL) "
    "STRICT;";
/// Views of the store read the tables of the past only when they are made anew beside them.
constexpr char kViews[] = "SELECT sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid";
constexpr std::string_view kCreateView = "CREATE VIEW ", kCreateTempView = "CREATE TEMP VIEW ";

std::string attach(const std::string& path) {
  std::string text;
  for (const char c : path) text += c == '\'' ? std::string("''") : std::string(1, c);
  return "ATTACH '" + text + "' AS past";
}

std::string as_temporary(const std::string& view) {
  if (!view.starts_with(kCreateView)) throw StoreFault(StoreError::corrupt, "a view of the store cannot be read");
  return std::string(kCreateTempView) + view.substr(kCreateView.size());
}

}  // namespace

PastSessions::PastSessions(std::string store, std::string history, Sight sight)
    : store_(std::move(store)), history_(std::move(history)), sight_(sight) {
  free_.reserve(kSessionsMax);
}

std::unique_ptr<Session> PastSessions::take() {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, kWaitMax, [&] { return lent_ < kSessionsMax; }))
    throw StoreFault(StoreError::busy, "all sessions that look back are in use");
  ++lent_;
  if (!free_.empty()) {
    auto session = std::move(free_.back());
    free_.pop_back();
    return session;
  }
  lock.unlock();
  try {
    return make();
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

std::unique_ptr<Session> PastSessions::make() const {
  auto session = std::make_unique<Session>(store_, Access::read);
  session->execute(attach(history_));
  session->execute(kSetUp);
  for (const TableSpec* table : read_tables()) session->execute(past_view_sql(*table, sight_));
  session->execute(past_log_sql(sight_));
  for (const std::string& view : session->column(kViews)) session->execute(as_temporary(view));
  return session;
}

void PastSessions::give_back(std::unique_ptr<Session> session) noexcept {
  if (session) session->roll_back();
  if (session && session->in_transaction()) session.reset();
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (session) free_.push_back(std::move(session));
  }
  returned_.notify_one();
}

}  // namespace registry::sqlite
