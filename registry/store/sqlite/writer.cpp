#include "registry/store/sqlite/writer.h"

#include <sqlite3.h>

#include "registry/base/fault.h"
#include "registry/store/sqlite/fault.h"

namespace registry::sqlite {
namespace {

int keep_pages(void* pages, sqlite3*, const char*, int count) {
  static_cast<std::atomic<int>*>(pages)->store(count);
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

void Writer::require_free() const {
  if (stopped) throw StoreFault(StoreError::unknown_outcome, "writing stopped after a commit of unknown outcome");
  if (turn.is_taken()) throw StoreFault(StoreError::busy, "a transaction is open");
}

}  // namespace registry::sqlite
