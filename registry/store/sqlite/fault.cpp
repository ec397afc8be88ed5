#include "registry/store/sqlite/fault.h"

#include <Poco/Data/SQLite/SQLiteException.h>
#include <sqlite3.h>

#include <string>

#include "registry/base/fault.h"

namespace registry::sqlite {
namespace {

namespace poco = Poco::Data::SQLite;

/// A broken constraint means that a row which must be new is there: another writer. An I/O error may hide a failed
/// sync, after which nothing is known.
StoreError class_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return StoreError::busy;
    case SQLITE_CONSTRAINT:
      return StoreError::conflict;
    case SQLITE_FULL:
      return StoreError::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StoreError::corrupt;
    case SQLITE_IOERR:
      return StoreError::unknown_outcome;
    default:
      return StoreError::unavailable;
  }
}

StoreError class_of(const Poco::Exception& e) {
  if (dynamic_cast<const poco::DBLockedException*>(&e) || dynamic_cast<const poco::TableLockedException*>(&e))
    return StoreError::busy;
  if (dynamic_cast<const poco::ConstraintViolationException*>(&e)) return StoreError::conflict;
  if (dynamic_cast<const poco::DatabaseFullException*>(&e)) return StoreError::full;
  if (dynamic_cast<const poco::CorruptImageException*>(&e)) return StoreError::corrupt;
  if (dynamic_cast<const poco::IOErrorException*>(&e)) return StoreError::unknown_outcome;
  // Poco has no exception of its own for a file that is not a database.
  if (e.displayText().find("not a database") != std::string::npos) return StoreError::corrupt;
  return StoreError::unavailable;
}

}  // namespace

void throw_fault(sqlite3* db, int code, std::string_view doing) {
  const int extended = db ? sqlite3_extended_errcode(db) : code;
  std::string text(doing);
  text.append(": ").append(db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
  text.append(" (").append(std::to_string((extended & 0xff) == (code & 0xff) ? extended : code)).append(")");
  throw StoreFault(class_of(code), text);
}

void rethrow_as_fault(std::string_view doing) {
  try {
    throw;
  } catch (const StoreFault&) {
    throw;
  } catch (const Poco::Exception& e) {
    throw StoreFault(class_of(e), std::string(doing) + ": " + e.displayText());
  } catch (const std::exception& e) {
    throw StoreFault(StoreError::unavailable, std::string(doing) + ": " + e.what());
  }
}

}  // namespace registry::sqlite
