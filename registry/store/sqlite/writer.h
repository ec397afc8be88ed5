#pragma once

#include <string>

#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/name_cache.h"
#include "registry/store/sqlite/session_pool.h"
#include "registry/store/sqlite/setup.h"

namespace registry::sqlite {

/// When a commit reaches the disk: before it returns, or with the next one that does.
enum class Sync { full, later };

/// The one connection that writes and checkpoints, with what belongs to it. For the sequencer thread.
struct Writer {
  Writer(const std::string& path, Access access, Durability durability);

  /// Throws StoreFault unless a transaction may begin now.
  void require_free() const;

  /// Between transactions.
  void set_sync(Sync sync);

  /// Moves the write-ahead log into the file when it has grown; cuts it back when it has grown far, for which all
  /// readers must be out of the way: SQLite begins a log anew only while nobody reads it.
  void shrink_log(SessionPool& readers);

  Session session;
  NameCache names{session};
  bool in_use = false;
  /// A commit whose outcome is not known: nothing more is written.
  bool stopped = false;

 private:
  void checkpoint(bool truncate);
  const bool durable_;
  Sync sync_ = Sync::full;
  /// Pages in the log since it last began anew, and how many of them were there at the last checkpoint.
  int log_pages_ = 0;
  int moved_pages_ = 0;
};

}  // namespace registry::sqlite
