#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/domain/table.h"
#include "registry/store/sqlite/statement.h"

struct sqlite3;
namespace Poco::Data {
class Session;
}

namespace registry::sqlite {

/// What a session may do: make the file, write to it, or only read.
enum class Access { create, write, read };

/// The statements that change one read table.
struct TableStatements {
  Statement upsert, erase;
};

/// One connection, opened through Poco::Data, for one thread at a time.
class Session {
 public:
  /// Opens a file. Throws StoreFault when it is missing, except with Access::create.
  Session(const std::string& path, Access access);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Through Poco::Data: set-up, migrations and checks.

  /// Runs a script of one or more statements.
  void execute(const std::string& script);
  /// The first column of all rows, as text.
  std::vector<std::string> column(const std::string& sql);
  /// The first column of the one row.
  std::int64_t number(const std::string& sql);

  // On the native handle: Poco::Data prepares a statement anew for each execution, and takes expressions for text.

  /// Prepared once; `sql` must be a constant.
  Statement& statement(std::string_view sql);
  /// Prepared once; kept up to a bound.
  Statement& query(std::string_view sql);
  TableStatements& table(const TableSpec& spec);
  /// Finds a row by its key; apart from the others, as what is looked at may be a view.
  Statement& load(const TableSpec& spec);

  sqlite3* handle() const { return handle_; }
  bool in_transaction() const;
  /// Ends an open transaction without trace; never throws.
  void roll_back() noexcept;

 private:
  std::unique_ptr<Poco::Data::Session> poco_;
  sqlite3* handle_;
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
  std::unordered_map<std::string, std::unique_ptr<Statement>> queries_;
  std::unordered_map<std::string_view, std::unique_ptr<TableStatements>> tables_;
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> loads_;
};

}  // namespace registry::sqlite
