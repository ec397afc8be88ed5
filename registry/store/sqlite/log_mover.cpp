#include "registry/store/sqlite/log_mover.h"

#include <sqlite3.h>

#include <chrono>

#include "registry/store/sqlite/fault.h"

namespace registry::sqlite {
namespace {

/// 16 MB. More often, and the same pages are written again and again; less often, and reads search too long a log.
constexpr int kMoveEvery = (16 << 20) / kPageBytes;
/// 64 MB.
constexpr int kCutAbove = (64 << 20) / kPageBytes;
/// How long new readers wait for older ones to end.
constexpr std::chrono::milliseconds kPauseMax{100};

/// Lets the readers in again however the cut ends.
struct PausedReaders {
  explicit PausedReaders(SessionPool& readers) : pool(readers), is_empty(readers.pause(kPauseMax)) {}
  ~PausedReaders() { pool.resume(); }
  PausedReaders(const PausedReaders&) = delete;
  PausedReaders& operator=(const PausedReaders&) = delete;
  SessionPool& pool;
  const bool is_empty;
};

}  // namespace

LogMover::LogMover(const std::string& path, Durability durability) : session(path, Access::write) {
  set_up_mover(session, durability);
}

void LogMover::shrink_log(Writer& writer, SessionPool& readers) {
  const int pages = writer.log_pages();
  if (pages < moved_pages_) moved_pages_ = 0;
  if (pages - moved_pages_ < kMoveEvery) return;
  moved_pages_ = pages;
  checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  if (pages > kCutAbove) cut(writer, readers);
}

void LogMover::cut(Writer& writer, SessionPool& readers) {
  const PausedReaders paused(readers);
  if (!paused.is_empty) return;
  const Turn::Pause pause(writer.turn);
  checkpoint(SQLITE_CHECKPOINT_RESTART);
}

/// A reader of another process is not waited for: the next time will do.
void LogMover::checkpoint(int mode) {
  const int code = sqlite3_wal_checkpoint_v2(session.handle(), "main", mode, nullptr, nullptr);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
    throw_fault(session.handle(), code, "moving the log into the file");
}

}  // namespace registry::sqlite
