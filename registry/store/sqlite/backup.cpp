#include "registry/store/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "registry/base/fault.h"
#include "registry/store/sqlite/fault.h"

namespace registry::sqlite {
namespace {

/// Copied between two looks at the source; 8 MB.
constexpr int kPagesAtOnce = 1'024;

void remove_all(const std::string& path) {
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(path + suffix, ignored);
  }
}

[[noreturn]] void fail(const std::string& what) {
  throw StoreFault(StoreError::unavailable, what + ": " + std::strerror(errno));
}

void sync(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) fail("opening " + path);
  const int code = ::fsync(descriptor);
  ::close(descriptor);
  if (code != 0) fail("syncing " + path);
}

void copy_pages(Session& source, Session& target) {
  sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
  if (!backup) throw_fault(target.handle(), sqlite3_errcode(target.handle()), "beginning a backup");
  while (sqlite3_backup_step(backup, kPagesAtOnce) == SQLITE_OK) continue;
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) throw_fault(target.handle(), code, "copying a backup");
}

/// The source's open snapshot keeps the copy from starting over when the writer commits.
void copy_snapshot(Session& source, const std::string& path) {
  Session target(path, Access::create);
  target.execute("PRAGMA synchronous = FULL; PRAGMA journal_mode = MEMORY;");
  source.execute("BEGIN");
  source.number("SELECT count(*) FROM sqlite_schema");
  copy_pages(source, target);
  source.execute("COMMIT");
}

void move_without_replacing(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) fail("naming " + to);
  const auto folder = std::filesystem::path(to).parent_path();
  sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace

void back_up(Session& source, const std::string& target) {
  if (std::filesystem::exists(target)) throw StoreFault(StoreError::unavailable, target + " exists");
  const std::string part = target + ".part";
  remove_all(part);
  try {
    copy_snapshot(source, part);
    sync(part, O_RDONLY);
    move_without_replacing(part, target);
  } catch (...) {
    remove_all(part);
    throw;
  }
}

}  // namespace registry::sqlite
