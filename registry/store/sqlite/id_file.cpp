#include "registry/store/sqlite/id_file.h"

#include <cstring>
#include <filesystem>

#include "registry/base/fault.h"

namespace registry::sqlite {
namespace {

// A lost commit costs nothing but its repetition, so this file is not synced at every commit.
constexpr char kMake[] =
    "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;"
    "PRAGMA wal_autocheckpoint = 4000; PRAGMA trusted_schema = OFF; BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS id (id8 INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (id8, seq)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS extent (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL,"
    " head BLOB NOT NULL) STRICT;"
    "INSERT OR IGNORE INTO extent VALUES (1, 0, zeroblob(32)); COMMIT;";
constexpr std::string_view kExtent = "SELECT size, head FROM extent";
constexpr std::string_view kSetExtent = "UPDATE extent SET size = ?, head = ?";
constexpr std::string_view kFind = "SELECT seq FROM id WHERE id8 = ?";
constexpr std::string_view kInsert = "INSERT OR IGNORE INTO id (id8, seq) VALUES (?, ?)";

}  // namespace

std::int64_t first_bytes(const crypto::Digest& id) {
  std::int64_t out = 0;
  std::memcpy(&out, id.bytes.data(), sizeof out);
  return out;
}

IdFile::IdFile(const std::string& path, Access access)
    : session_(path, access == Access::read ? Access::read : Access::create) {
  if (access != Access::read) session_.execute(kMake);
}

IdFile::Extent IdFile::extent() {
  Run run(session_.statement(kExtent));
  if (!run.next()) throw StoreFault(StoreError::corrupt, "the index of entry ids has no extent");
  return {run.integer(0), run.digest(1)};
}

std::vector<std::int64_t> IdFile::find(std::int64_t id8) {
  std::vector<std::int64_t> out;
  Run run(session_.statement(kFind));
  run.bind(id8);
  while (run.next()) out.push_back(run.integer(0));
  return out;
}

void IdFile::insert(std::span<const ShortId> ids) {
  session_.execute("BEGIN IMMEDIATE");
  for (const auto& id : ids) Run(session_.statement(kInsert)).bind(id.id8).bind(id.seq).finish();
  session_.execute("COMMIT");
}

void IdFile::set_extent(const Extent& extent) {
  Run(session_.statement(kSetExtent)).bind(extent.size).bind_blob(extent.head.view()).finish();
}

void IdFile::remove(const std::string& path) noexcept {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(path + suffix, ignored);
  }
}

}  // namespace registry::sqlite
