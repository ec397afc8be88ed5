#pragma once

#include <string_view>

struct sqlite3;

namespace registry::sqlite {

/// Throws the StoreFault for an SQLite result code other than OK, ROW, DONE, with the connection's message.
[[noreturn]] void throw_fault(sqlite3* db, int code, std::string_view doing);

/// Throws the StoreFault for the exception in flight, which Poco::Data threw: by the code of the connection, where it
/// has one, since Poco knows no extended codes. A StoreFault passes as it is.
[[noreturn]] void rethrow_as_fault(sqlite3* db, std::string_view doing);

/// Calls f; no Poco exception comes out of it.
template <class F>
auto guarded(sqlite3* db, std::string_view doing, F&& f) {
  try {
    return f();
  } catch (...) {
    rethrow_as_fault(db, doing);
  }
}

}  // namespace registry::sqlite
