#include "registry/store/sqlite/setup.h"

#include <algorithm>
#include <iterator>

#include "crypto/merkle.h"
#include "registry/base/fault.h"
#include "schema/files.h"

namespace registry::sqlite {
namespace {

/// "Tlst"; tells our files from other databases.
constexpr std::int64_t kApplicationId = 0x546c7374;
constexpr std::string_view kFolder = "sqlite/";

constexpr char kCommon[] =
    "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;"
    "PRAGMA recursive_triggers = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY;";
constexpr char kWriter[] = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;";
constexpr char kScratch[] = "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;";
constexpr char kMover[] = "PRAGMA synchronous = FULL; PRAGMA cache_size = -4096;";
constexpr char kScratchMover[] = "PRAGMA synchronous = OFF; PRAGMA cache_size = -4096;";
constexpr char kReader[] = "PRAGMA query_only = ON; PRAGMA cache_size = -4096;";
constexpr char kSchema[] =
    "SELECT type || ' ' || name || ': ' || sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER "
    "BY 1";

std::vector<std::string_view> migrations() {
  std::vector<std::string_view> out;
  for (const auto& file : schema::files())
    if (file.path.starts_with(kFolder)) out.push_back(file.content);
  return out;
}

void require_setting(Session& session, const std::string& name, const std::string& value) {
  const auto found = session.column("PRAGMA " + name);
  if (found.size() == 1 && found.front() == value) return;
  throw StoreFault(StoreError::unavailable, "SQLite does not take " + name + " = " + value);
}

void apply_from(Session& session, std::size_t version) {
  const auto all = migrations();
  for (std::size_t i = version; i < all.size(); ++i) session.execute(std::string(all[i]));
}

std::string first_state() {
  return "INSERT INTO state (id, size, root, head, rtime, policy, epoch) VALUES (1, 0, x'" +
         crypto::empty_root().hex() + "', x'" + crypto::Digest::zero().hex() + "', 0, 0, 0)";
}

std::vector<std::string> minus(const std::vector<std::string>& a, const std::vector<std::string>& b,
                               std::string_view label) {
  std::vector<std::string> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  for (auto& line : out) line.insert(0, label);
  return out;
}

}  // namespace

void set_format(Session& session) {
  session.execute("PRAGMA page_size = " + std::to_string(kPageBytes) + "; PRAGMA journal_mode = WAL;");
}

void set_up_writer(Session& session, Durability durability) {
  session.execute(kCommon);
  session.execute(durability == Durability::full ? kWriter : kScratch);
  require_setting(session, "journal_mode", "wal");
  require_setting(session, "synchronous", durability == Durability::full ? "2" : "0");
  require_setting(session, "foreign_keys", "1");
}

void set_up_mover(Session& session, Durability durability) {
  session.execute(kCommon);
  session.execute(durability == Durability::full ? kMover : kScratchMover);
}

void set_up_reader(Session& session) {
  session.execute(kCommon);
  session.execute(kReader);
  require_setting(session, "query_only", "1");
}

void migrate(Session& session, const std::string& path) {
  session.execute("BEGIN IMMEDIATE");
  const auto version = session.number("PRAGMA user_version");
  const auto newest = static_cast<std::int64_t>(migrations().size());
  if (version < newest) apply_from(session, static_cast<std::size_t>(version));
  if (version == 0) session.execute(first_state());
  session.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  session.execute("PRAGMA user_version = " + std::to_string(std::max(version, newest)));
  require_our_schema(session, path);
  session.execute("COMMIT");
}

void require_ours(Session& session, const std::string& path) {
  if (session.number("PRAGMA application_id") != kApplicationId)
    throw StoreFault(StoreError::unavailable, path + " is not a registry store");
}

void require_our_schema(Session& session, const std::string& path) {
  const auto refuse = [&](const std::string& why) { throw StoreFault(StoreError::unavailable, path + why); };
  require_ours(session, path);
  const auto version = session.number("PRAGMA user_version");
  const auto newest = static_cast<std::int64_t>(migrations().size());
  if (version > newest) refuse(" was written by a newer program");
  if (version < newest) refuse(" was written by an older program; open it for writing once");
  const auto differences = schema_differences(session);
  if (!differences.empty()) refuse(" has another schema: " + differences.front());
}

std::vector<std::string> schema_differences(Session& session) {
  Session fresh(":memory:", Access::create);
  apply_from(fresh, 0);
  const auto expected = fresh.column(kSchema);
  const auto found = session.column(kSchema);
  auto out = minus(expected, found, "missing or changed ");
  const auto extra = minus(found, expected, "not ours ");
  out.insert(out.end(), extra.begin(), extra.end());
  return out;
}

}  // namespace registry::sqlite
