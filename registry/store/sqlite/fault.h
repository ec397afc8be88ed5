#pragma once

#include <string_view>

struct sqlite3;

namespace registry::sqlite {

/// Throws the StoreFault for an SQLite result code other than OK, ROW, DONE, with the connection's message.
[[noreturn]] void throw_fault(sqlite3* db, int code, std::string_view doing);

/// Throws the StoreFault for the Poco exception in flight; a StoreFault passes as it is.
[[noreturn]] void rethrow_as_fault(std::string_view doing);

/// Calls f; no Poco exception comes out of it.
template <class F>
auto guarded(std::string_view doing, F&& f) {
  try {
    return f();
  } catch (...) {
    rethrow_as_fault(doing);
  }
}

}  // namespace registry::sqlite
