#include "registry/store/sqlite/fault.h"

#include <Poco/Exception.h>
#include <sqlite3.h>

#include <exception>
#include <string>

#include "registry/base/fault.h"

namespace registry::sqlite {
namespace {

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

}  // namespace

void throw_fault(sqlite3* db, int code, std::string_view doing) {
  const int extended = db ? sqlite3_extended_errcode(db) : code;
  std::string text(doing);
  text.append(": ").append(db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
  text.append(" (").append(std::to_string((extended & 0xff) == (code & 0xff) ? extended : code)).append(")");
  throw StoreFault(class_of(code), text);
}

void rethrow_as_fault(sqlite3* db, std::string_view doing) {
  const int code = db ? sqlite3_errcode(db) & 0xff : SQLITE_OK;
  try {
    throw;
  } catch (const StoreFault&) {
    throw;
  } catch (const Poco::Exception& e) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) throw_fault(db, code, doing);
    // While a session is being opened there is no connection to ask yet.
    const bool foreign = e.displayText().find("not a database") != std::string::npos;
    throw StoreFault(foreign ? StoreError::corrupt : StoreError::unavailable,
                     std::string(doing) + ": " + e.displayText());
  } catch (const std::exception& e) {
    throw StoreFault(StoreError::unavailable, std::string(doing) + ": " + e.what());
  }
}

}  // namespace registry::sqlite
