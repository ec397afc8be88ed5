#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "registry/store/store.h"

namespace registry {

enum class OpenMode { read_write, read_only };

/// Makers of stores in one SQLite file, with a write-ahead log and an index of entry ids beside it. All throw
/// StoreFault unavailable for a file they refuse. Readers and transactions must end before their store.
class SqliteStore {
 public:
  /// A new, empty store for writing; refuses an existing file.
  static std::unique_ptr<Store> create(const std::string& path);
  /// Refuses a missing file, one of another kind, version or schema, and, for writing, one that a process writes to.
  static std::unique_ptr<Store> open(const std::string& path, OpenMode mode);
  /// A temporary store without lock or sync, for rebuilding; removed with the object.
  static std::unique_ptr<Store> scratch();

  /// Of the SQLite library in use. Versions below 3.51.3 can lose a commit when two connections write or checkpoint at
  /// once; here a single one does both.
  static std::string_view library_version();
};

}  // namespace registry
