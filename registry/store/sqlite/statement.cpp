#include "registry/store/sqlite/statement.h"

#include <sqlite3.h>

#include "registry/base/fault.h"
#include "registry/store/sqlite/fault.h"

namespace registry::sqlite {
namespace {

/// SQLite takes a null pointer for NULL; an empty view may have one.
const char* data_of(std::string_view bytes) { return bytes.data() ? bytes.data() : ""; }

}  // namespace

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) {
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &handle_, &rest);
  if (code != SQLITE_OK) throw_fault(db, code, "preparing a statement");
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Run::~Run() { sqlite3_reset(handle_); }

void Run::check(int code, std::string_view doing) const {
  if (code != SQLITE_OK) throw_fault(db_, code, doing);
}

Run& Run::bind(std::int64_t value) {
  check(sqlite3_bind_int64(handle_, ++bound_, value), "binding a number");
  return *this;
}

Run& Run::bind(std::string_view text) {
  check(sqlite3_bind_text64(handle_, ++bound_, data_of(text), text.size(), SQLITE_STATIC, SQLITE_UTF8), "binding text");
  return *this;
}

Run& Run::bind(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return bind(*number);
  return bind(std::string_view(std::get<std::string>(value)));
}

Run& Run::bind_blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(handle_, ++bound_, data_of(bytes), bytes.size(), SQLITE_STATIC), "binding bytes");
  return *this;
}

bool Run::next() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) throw_fault(db_, code, "running a statement");
  return false;
}

int Run::finish() {
  while (next()) continue;
  return sqlite3_changes(db_);
}

int Run::columns() const { return sqlite3_column_count(handle_); }

std::int64_t Run::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::string Run::bytes(int column) const {
  const void* data = sqlite3_column_blob(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  return data ? std::string(static_cast<const char*>(data), static_cast<std::size_t>(size)) : std::string();
}

Value Run::value(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_TEXT:
    case SQLITE_BLOB:
      return bytes(column);
    default:
      break;
  }
  throw StoreFault(StoreError::unavailable, "a query gave NULL or a float; coalesce it in the query");
}

crypto::Digest Run::digest(int column) const {
  const auto digest = crypto::Digest::parse_raw(bytes(column));
  if (!digest) throw StoreFault(StoreError::corrupt, "a stored hash does not have 32 bytes");
  return *digest;
}

}  // namespace registry::sqlite
