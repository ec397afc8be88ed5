#include "registry/store/sqlite/session.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <sqlite3.h>

#include <filesystem>
#include <mutex>

#include "registry/base/fault.h"
#include "registry/store/sqlite/fault.h"
#include "registry/store/sqlite/table_sql.h"

namespace registry::sqlite {
namespace {

using namespace Poco::Data::Keywords;

/// How long Poco::Data tries to open what cannot be opened.
constexpr std::size_t kLoginSeconds = 1;
constexpr int kBusyMs = 5'000;
constexpr std::string_view kInMemory = ":memory:";
/// Different queries a session keeps prepared; callers have a few dozen.
constexpr std::size_t kQueriesMax = 256;

/// In a URI the characters % ? # would end or change the path.
std::string uri_path(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '%')
      out += "%25";
    else if (c == '?')
      out += "%3f";
    else if (c == '#')
      out += "%23";
    else
      out += c;
  }
  return out;
}

std::string uri(const std::string& path, Access access) {
  if (path == kInMemory) return path;
  const char* mode = access == Access::create ? "rwc" : access == Access::write ? "rw" : "ro";
  return "file:" + uri_path(path) + "?mode=" + mode;
}

/// A session belongs to one thread at a time, so its mutex guards nothing; nobody asks SQLite for its memory
/// statistics, which cost a mutex of the whole process for each allocation. Only before SQLite is first used.
void set_up_sqlite() {
  sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  Poco::Data::SQLite::Connector::registerConnector();
}

std::unique_ptr<Poco::Data::Session> open(const std::string& path, Access access) {
  if (access != Access::create && !std::filesystem::exists(path))
    throw StoreFault(StoreError::unavailable, path + " is missing");
  static std::once_flag registered;
  std::call_once(registered, set_up_sqlite);
  return guarded(nullptr, "opening " + path,
                 [&] { return std::make_unique<Poco::Data::Session>("SQLite", uri(path, access), kLoginSeconds); });
}

}  // namespace

Session::Session(const std::string& path, Access access)
    : poco_(open(path, access)), handle_(Poco::Data::SQLite::Utility::dbHandle(*poco_)) {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, kBusyMs);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (access == Access::read) sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Session::~Session() {
  statements_.clear();
  queries_.clear();
  tables_.clear();
  loads_.clear();
  roll_back();
}

void Session::execute(const std::string& script) {
  guarded(handle_, "running a script", [&] {
    Poco::Data::Statement statement(*poco_);
    statement << script;
    statement.execute();
  });
}

std::vector<std::string> Session::column(const std::string& sql) {
  return guarded(handle_, "reading", [&] {
    std::vector<std::string> out;
    Poco::Data::Statement statement(*poco_);
    statement << sql, into(out);
    statement.execute();
    return out;
  });
}

std::int64_t Session::number(const std::string& sql) {
  return guarded(handle_, "reading", [&] {
    std::vector<Poco::Int64> out;
    Poco::Data::Statement statement(*poco_);
    statement << sql, into(out);
    statement.execute();
    if (out.size() != 1) throw StoreFault(StoreError::corrupt, "one row was expected");
    return std::int64_t{out.front()};
  });
}

Statement& Session::statement(std::string_view sql) {
  auto& slot = statements_[sql];
  if (!slot) slot = std::make_unique<Statement>(handle_, sql);
  return *slot;
}

Statement& Session::query(std::string_view sql) {
  std::string key(sql);
  const auto at = queries_.find(key);
  if (at != queries_.end()) return *at->second;
  auto made = std::make_unique<Statement>(handle_, sql);
  if (queries_.size() >= kQueriesMax) queries_.clear();
  return *queries_.emplace(std::move(key), std::move(made)).first->second;
}

TableStatements& Session::table(const TableSpec& spec) {
  auto& slot = tables_[spec.name];
  if (!slot) slot.reset(new TableStatements{{handle_, upsert_sql(spec)}, {handle_, erase_sql(spec)}});
  return *slot;
}

Statement& Session::load(const TableSpec& spec) {
  auto& slot = loads_[spec.name];
  if (!slot) slot = std::make_unique<Statement>(handle_, load_sql(spec));
  return *slot;
}

bool Session::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Session::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace registry::sqlite
