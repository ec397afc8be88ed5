#pragma once

#include <string>

#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/name_cache.h"
#include "registry/store/sqlite/setup.h"

namespace registry::sqlite {

/// The one connection that writes and checkpoints, with what belongs to it. For the sequencer thread.
struct Writer {
  Writer(const std::string& path, Access access, Durability durability);

  /// Throws StoreFault unless a transaction may begin now.
  void require_free() const;

  Session session;
  NameCache names{session};
  bool in_use = false;
  /// A commit whose outcome is not known: nothing more is written.
  bool stopped = false;
};

}  // namespace registry::sqlite
