#include "registry/store/sqlite/writer.h"

#include <sqlite3.h>

#include <chrono>

#include "registry/base/fault.h"
#include "registry/store/sqlite/fault.h"

namespace registry::sqlite {
namespace {

/// 16 MB. More often, and the same pages are written again and again; less often, and reads search too long a log.
constexpr int kMoveEvery = (16 << 20) / kPageBytes;
/// 64 MB.
constexpr int kCutAbove = (64 << 20) / kPageBytes;
/// How long new readers wait for older ones to end, and the writer with them.
constexpr std::chrono::milliseconds kPauseMax{100};
constexpr int kBusyMs = 5'000;

int keep_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

Writer::Writer(const std::string& path, Access access, Durability durability)
    : session(path, access), durable_(durability == Durability::full) {
  if (access == Access::create)
    set_format(session);
  else
    require_ours(session, path);
  set_up_writer(session, durability);
  migrate(session, path);
  sqlite3_wal_hook(session.handle(), keep_pages, &log_pages_);
}

void Writer::set_sync(Sync sync) {
  if (!durable_ || sync == sync_) return;
  session.execute(sync == Sync::full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  sync_ = sync;
}

void Writer::shrink_log(SessionPool& readers) {
  if (log_pages_ < moved_pages_) moved_pages_ = 0;
  if (log_pages_ - moved_pages_ < kMoveEvery) return;
  const bool truncate = log_pages_ > kCutAbove && readers.pause(kPauseMax);
  moved_pages_ = log_pages_;
  try {
    checkpoint(truncate);
  } catch (...) {
    readers.resume();
    throw;
  }
  readers.resume();
}

/// A reader of another process is not waited for: the next time will do.
void Writer::checkpoint(bool truncate) {
  sqlite3_busy_timeout(session.handle(), 0);
  const int code = sqlite3_wal_checkpoint_v2(
      session.handle(), "main", truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  sqlite3_busy_timeout(session.handle(), kBusyMs);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
    throw_fault(session.handle(), code, "moving the log into the file");
}

void Writer::require_free() const {
  if (stopped) throw StoreFault(StoreError::unknown_outcome, "writing stopped after a commit of unknown outcome");
  if (in_use) throw StoreFault(StoreError::busy, "a transaction is open");
}

}  // namespace registry::sqlite
