#pragma once

#include <string>
#include <vector>

#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// How sure a write is: the product's, or a scratch file's that nobody misses after a crash.
enum class Durability { full, none };

/// Of new files.
inline constexpr int kPageBytes = 8'192;

/// Page size of new files and write-ahead log; before anything is stored.
void set_format(Session& session);
/// Settings of a writing or reading connection. Throws StoreFault when one does not read back as set.
void set_up_writer(Session& session, Durability durability);
/// Of the connection that moves the write-ahead log into the file.
void set_up_mover(Session& session, Durability durability);
void set_up_reader(Session& session);

/// Throws StoreFault for a file of another kind.
void require_ours(Session& session, const std::string& path);
/// Applies the migrations that are not yet applied, all or none.
void migrate(Session& session, const std::string& path);
/// Throws StoreFault unless the file is one of ours, of this program's version.
void require_our_schema(Session& session, const std::string& path);

/// What differs from a freshly made schema, one line each.
std::vector<std::string> schema_differences(Session& session);

}  // namespace registry::sqlite
