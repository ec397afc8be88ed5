#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/store/history.h"
#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// Statements that make the history of a store: its read tables, each with the indexes that the store has on it.
std::vector<std::string> history_schema(const std::string& store);

/// The writing connection of the history. All in the file can be had from the log again.
class HistoryFile {
 public:
  /// Opens the file, or makes it, also in the place of one with another schema.
  HistoryFile(std::string path, const std::vector<std::string>& schema);

  const std::string& path() const { return path_; }
  HistoryState state();
  void set_state(const HistoryState& state);
  void clear();

  Session& session() { return *session_; }
  struct Statements {
    Statement load, insert, end;
  };
  /// Of a table; of balance without `end`.
  Statements& table(const TableSpec& spec);

 private:
  void open(const std::vector<std::string>& schema);
  bool has_schema(const std::string& text);
  const std::string path_;
  std::unique_ptr<Session> session_;
  std::unordered_map<std::string_view, std::unique_ptr<Statements>> tables_;
};

/// Adds to the file in one transaction.
class FoldTx final : public HistoryTx {
 public:
  explicit FoldTx(HistoryFile& file);
  ~FoldTx() override;

  std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys) override;
  std::optional<UtcTime> event_of(std::int64_t index) override;
  void add_event(std::int64_t index, UtcTime event) override;
  void put(const TableSpec& table, std::span<const Row> rows, std::int64_t index, UtcTime event) override;
  void add_moves(std::span<const Move> moves, std::int64_t index, UtcTime event) override;
  void commit(const HistoryState& after) override;

 private:
  void end_newest(const TableSpec& table, const Row& row, std::int64_t index);
  void add_balance(const std::string& account, const Move& move, std::int64_t amount, std::int64_t index,
                   UtcTime event);
  HistoryFile& file_;
};

}  // namespace registry::sqlite
