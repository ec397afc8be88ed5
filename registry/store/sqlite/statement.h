#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "registry/domain/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace registry::sqlite {

/// A statement prepared on the native handle, to be run many times by one thread.
class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

 private:
  friend class Run;
  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
};

/// One execution of a statement; ended and reset when destroyed. Values are bound in order and must live as long.
class Run {
 public:
  explicit Run(const Statement& statement) : db_(statement.db_), handle_(statement.handle_) {}
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Run& bind(std::int64_t value);
  Run& bind(std::string_view text);
  Run& bind(std::string&& text) = delete;
  Run& bind(const Value& value);
  Run& bind_blob(std::string_view bytes);

  /// Steps to the next row; false at the end.
  bool next();
  /// Runs to the end and gives the number of changed rows.
  int finish();

  int columns() const;
  std::int64_t integer(int column) const;
  /// Text or blob, byte for byte.
  std::string bytes(int column) const;
  /// The value as it is stored. Throws StoreFault for NULL and floats, which no column holds.
  Value value(int column) const;
  /// Throws StoreFault corrupt unless it has 32 bytes.
  crypto::Digest digest(int column) const;

 private:
  void check(int code, std::string_view doing) const;
  sqlite3* db_;
  sqlite3_stmt* handle_;
  int bound_ = 0;
};

}  // namespace registry::sqlite
