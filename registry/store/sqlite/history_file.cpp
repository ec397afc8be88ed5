#include "registry/store/sqlite/history_file.h"

#include <filesystem>

#include "registry/base/ensure.h"
#include "registry/base/fault.h"
#include "registry/domain/rows.h"
#include "registry/store/dump.h"
#include "registry/store/sqlite/history_sql.h"
#include "registry/store/sqlite/id_file.h"

namespace registry::sqlite {
namespace {

// A lost commit costs nothing but its repetition, so this file is not synced at every commit.
constexpr char kSetUp[] =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;"
    "PRAGMA wal_autocheckpoint = 4000; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0;";
constexpr char kExtent[] =
    "CREATE TABLE extent (one INTEGER PRIMARY KEY CHECK (one = 1), schema TEXT NOT NULL, folded INTEGER NOT NULL, head "
    "BLOB NOT NULL) STRICT; CREATE TABLE event (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL) STRICT; CREATE INDEX "
    "event_by_time ON event (time);";
constexpr std::string_view kStart = "INSERT INTO extent (one, schema, folded, head) VALUES (1, ?, 0, zeroblob(32))";
constexpr std::string_view kState = "SELECT folded, head FROM extent";
constexpr std::string_view kSetState = "UPDATE extent SET folded = ?, head = ?";
constexpr std::string_view kEventOf = "SELECT time FROM event WHERE seq = ?";
constexpr std::string_view kAddEvent = "INSERT INTO event (seq, time) VALUES (?, ?)";

/// Whatever the indexes of the read tables are, the lists of the past need the same.
constexpr char kIndexes[] =
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '%' ORDER BY name";

std::string with_name(std::string sql, std::string_view name) { return sql.replace(sql.find('%'), 1, name); }

}  // namespace

std::vector<std::string> history_schema(const std::string& store) {
  Session session(store, Access::read);
  std::vector<std::string> out{kExtent};
  for (const TableSpec* table : read_tables()) {
    out.push_back(history_table_sql(*table));
    for (std::string& index : session.column(with_name(kIndexes, table->name))) out.push_back(std::move(index));
  }
  return out;
}

HistoryFile::HistoryFile(std::string path, const std::vector<std::string>& schema) : path_(std::move(path)) {
  open(schema);
}

void HistoryFile::open(const std::vector<std::string>& schema) {
  std::string text;
  for (const std::string& statement : schema) text += statement + ";\n";
  if (std::filesystem::exists(path_)) {
    session_ = std::make_unique<Session>(path_, Access::write);
    if (has_schema(text)) return session_->execute(kSetUp);
    session_.reset();
    IdFile::remove(path_);
  }
  session_ = std::make_unique<Session>(path_, Access::create);
  session_->execute(kSetUp);
  session_->execute("BEGIN IMMEDIATE");
  for (const std::string& statement : schema) session_->execute(statement);
  Run(session_->statement(kStart)).bind(std::string_view(text)).finish();
  session_->execute("COMMIT");
}

/// A file that cannot be read is made anew like one of another schema.
bool HistoryFile::has_schema(const std::string& text) {
  try {
    const auto found = session_->column("SELECT schema FROM extent");
    return found.size() == 1 && found.front() == text;
  } catch (const StoreFault&) {
    return false;
  }
}

HistoryState HistoryFile::state() {
  Run run(session_->statement(kState));
  if (!run.next()) throw StoreFault(StoreError::corrupt, "the history has no extent");
  return {run.integer(0), run.digest(1)};
}

void HistoryFile::set_state(const HistoryState& state) {
  Run(session_->statement(kSetState)).bind(state.folded).bind_blob(state.head.view()).finish();
}

void HistoryFile::clear() {
  session_->execute("BEGIN IMMEDIATE");
  session_->execute("DELETE FROM event");
  for (const TableSpec* table : read_tables()) session_->execute("DELETE FROM " + quoted(table->name));
  set_state({});
  session_->execute("COMMIT");
}

HistoryFile::Statements& HistoryFile::table(const TableSpec& spec) {
  auto& slot = tables_[spec.name];
  if (slot) return *slot;
  const std::string end = is_balance(spec) ? "SELECT 1" : history_end_sql(spec);
  sqlite3* db = session_->handle();
  slot.reset(new Statements{{db, history_load_sql(spec)}, {db, history_insert_sql(spec)}, {db, end}});
  return *slot;
}

FoldTx::FoldTx(HistoryFile& file) : file_(file) { file_.session().execute("BEGIN IMMEDIATE"); }

FoldTx::~FoldTx() { file_.session().roll_back(); }

std::vector<Row> FoldTx::load(const TableSpec& table, std::span<const std::string> keys) {
  std::vector<Row> out;
  const Statement& statement = file_.table(table).load;
  for (const std::string& key : keys) {
    const auto parts = split_key(key);
    if (parts.size() != table.key_columns) continue;
    Run run(statement);
    for (const std::string& part : parts) run.bind(std::string_view(part));
    if (!run.next()) continue;
    Row& row = out.emplace_back();
    for (int i = 0; i < run.columns(); ++i) row.push_back(run.value(i));
  }
  return out;
}

std::optional<UtcTime> FoldTx::event_of(std::int64_t index) {
  Run run(file_.session().statement(kEventOf));
  if (!run.bind(index).next()) return {};
  return UtcTime{run.integer(0)};
}

void FoldTx::add_event(std::int64_t index, UtcTime event) {
  Run(file_.session().statement(kAddEvent)).bind(index).bind(event.ms).finish();
}

void FoldTx::put(const TableSpec& table, std::span<const Row> rows, std::int64_t index, UtcTime event) {
  ensure(!is_balance(table), "balances are sums of moves");
  for (const Row& row : rows) {
    end_newest(table, row, index);
    Run insert(file_.table(table).insert);
    for (const Value& value : row) insert.bind(value);
    insert.bind(index).bind(event.ms).finish();
  }
}

void FoldTx::end_newest(const TableSpec& table, const Row& row, std::int64_t index) {
  Run end(file_.table(table).end);
  end.bind(index);
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < table.key_columns; ++i) end.bind(row[i]);
  end.finish();
}

void FoldTx::add_moves(std::span<const Move> moves, std::int64_t index, UtcTime event) {
  for (const Move& move : moves) {
    add_balance(move.from, move, -move.amount, index, event);
    add_balance(move.to, move, move.amount, index, event);
  }
}

void FoldTx::add_balance(const std::string& account, const Move& move, std::int64_t amount, std::int64_t index,
                         UtcTime event) {
  Run insert(file_.table(table_spec<Balance>()).insert);
  insert.bind(std::string_view(account)).bind(std::string_view(move.substance)).bind(std::string_view(move.lot));
  insert.bind(amount).bind(index).bind(event.ms).finish();
}

void FoldTx::commit(const HistoryState& after) {
  file_.set_state(after);
  file_.session().execute("COMMIT");
}

}  // namespace registry::sqlite
