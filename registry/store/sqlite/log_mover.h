#pragma once

#include <string>

#include "registry/store/sqlite/session_pool.h"
#include "registry/store/sqlite/setup.h"
#include "registry/store/sqlite/writer.h"

namespace registry::sqlite {

/// Moves the write-ahead log into the file on a connection of its own, so that commits go on meanwhile. One thread at a
/// time, any thread.
class LogMover {
 public:
  LogMover(const std::string& path, Durability durability);

  /// Moves the log when it has grown; cuts it back when it has grown far, for which the writer and all readers must be
  /// out of the way: SQLite begins a log anew only while nobody reads it.
  void shrink_log(Writer& writer, SessionPool& readers);

  Session session;

 private:
  void checkpoint(int mode);
  void cut(Writer& writer, SessionPool& readers);
  /// How many pages of the log were there at the last checkpoint.
  int moved_pages_ = 0;
};

}  // namespace registry::sqlite
