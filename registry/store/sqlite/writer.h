#pragma once

#include <atomic>
#include <string>

#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/name_cache.h"
#include "registry/store/sqlite/session.h"
#include "registry/store/sqlite/setup.h"
#include "registry/store/sqlite/turn.h"

namespace registry::sqlite {

/// When a commit reaches the disk: before it returns, or with the next one that does.
enum class Sync { full, later };

/// The one connection that writes, with what belongs to it. For the sequencer thread, but for what says otherwise.
struct Writer {
  Writer(const std::string& path, Access access, Durability durability);

  /// Throws StoreFault unless a transaction may begin now.
  void require_free() const;

  /// Between transactions.
  void set_sync(Sync sync);

  /// Pages in the write-ahead log since it last began anew. Any thread.
  int log_pages() const { return log_pages_; }

  Session session;
  NameCache names{session};
  /// Taken by the open transaction. Any thread.
  Turn turn;
  /// A commit whose outcome is not known: nothing more is written. Read on any thread.
  std::atomic<bool> stopped = false;

 private:
  const bool durable_;
  Sync sync_ = Sync::full;
  std::atomic<int> log_pages_ = 0;
};

}  // namespace registry::sqlite
