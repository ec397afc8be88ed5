#include "registry/store/sqlite/reads.h"

#include <algorithm>
#include <utility>

#include "registry/base/fault.h"
#include "registry/base/limits.h"
#include "registry/store/sqlite/leaf_facts.h"

namespace registry::sqlite {
namespace {

constexpr std::string_view kState = "SELECT size, root, head, rtime, policy, epoch, folded FROM state";
constexpr std::string_view kEntries =
    "SELECT e.seq, c.text, e.cseq, p.text, t.text, e.rtime, e.leaf, e.payload, e.outcome FROM entry e "
    "LEFT JOIN name c ON c.id = e.chain LEFT JOIN name p ON p.id = e.party LEFT JOIN name t ON t.id = e.type "
    "WHERE e.seq >= ? ORDER BY e.seq LIMIT ?";
constexpr std::string_view kLeaves = "SELECT leaf FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?";
constexpr std::string_view kByChain =
    "SELECT seq FROM entry_list WHERE chain = (SELECT id FROM name WHERE text = ?) AND cseq = ?";
constexpr std::string_view kTile = "SELECT root, hashes FROM tile WHERE level = ? AND idx = ?";
constexpr std::string_view kCheckpoint = "SELECT size, note FROM checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1";
constexpr std::string_view kMoves =
    "SELECT m.seq, m.n, b.text, l.text, s.text, t.text, m.amount FROM move m "
    "LEFT JOIN name b ON b.id = m.substance LEFT JOIN name l ON l.id = m.lot LEFT JOIN name s ON s.id = m.source "
    "LEFT JOIN name t ON t.id = m.target WHERE m.seq >= ? AND m.seq < ? ORDER BY m.seq, m.n";

/// More than any log has, and still addable.
constexpr std::size_t kEntriesMax = std::size_t{limits::kIndexMax};

EntryRow entry_of(const Run& run) {
  EntryRow row;
  row.index = run.integer(0);
  row.chain = run.bytes(1), row.cseq = run.integer(2);
  row.party = run.bytes(3), row.type = run.bytes(4);
  row.rtime = {run.integer(5)};
  row.leaf = run.bytes(6), row.payload = run.bytes(7), row.outcome = run.bytes(8);
  row.id = id_of_leaf(row.leaf);
  return row;
}

MoveRow move_of(const Run& run) {
  return {run.integer(0), run.integer(1), {run.bytes(2), run.bytes(3), run.bytes(4), run.bytes(5), run.integer(6)}};
}

Row row_of(const Run& run, int columns) {
  Row row;
  row.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) row.push_back(run.value(i));
  return row;
}

}  // namespace

LogState Reads::state() {
  Run run(session_.statement(kState));
  if (!run.next()) throw StoreFault(StoreError::corrupt, "the state row is missing");
  LogState state{run.integer(0), run.digest(1), run.digest(2), {run.integer(3)}, run.integer(4)};
  state.epoch = run.integer(5);
  state.folded = run.integer(6);
  return state;
}

std::optional<EntryRow> Reads::entry(std::int64_t index) {
  auto found = entries(index, 1);
  if (found.empty() || found.front().index != index) return {};
  return std::move(found.front());
}

std::vector<EntryRow> Reads::entries(std::int64_t from, std::size_t count) {
  std::vector<EntryRow> out;
  Run run(session_.statement(kEntries));
  run.bind(from).bind(static_cast<std::int64_t>(count));
  while (run.next()) out.push_back(entry_of(run));
  return out;
}

std::vector<std::string> Reads::leaves(std::int64_t from, std::size_t count) {
  std::vector<std::string> out;
  Run run(session_.statement(kLeaves));
  run.bind(from).bind(static_cast<std::int64_t>(count));
  while (run.next()) out.push_back(run.bytes(0));
  return out;
}

std::optional<std::int64_t> Reads::index_of(std::string_view chain, std::int64_t cseq) {
  Run run(session_.statement(kByChain));
  if (!run.bind(chain).bind(cseq).next()) return {};
  return run.integer(0);
}

std::optional<Tile> Reads::tile(int level, std::uint64_t index) {
  Run run(session_.statement(kTile));
  if (!run.bind(std::int64_t{level}).bind(static_cast<std::int64_t>(index)).next()) return {};
  return Tile{level, index, run.bytes(1), run.digest(0)};
}

std::optional<CheckpointRow> Reads::checkpoint(std::optional<std::int64_t> size_max) {
  Run run(session_.statement(kCheckpoint));
  if (!run.bind(size_max.value_or(INT64_MAX)).next()) return {};
  return CheckpointRow{run.integer(0), run.bytes(1)};
}

std::vector<MoveRow> Reads::moves(std::int64_t from, std::size_t count) {
  std::vector<MoveRow> out;
  Run run(session_.statement(kMoves));
  run.bind(from).bind(from + static_cast<std::int64_t>(std::min(count, kEntriesMax)));
  while (run.next()) out.push_back(move_of(run));
  return out;
}

std::vector<Row> Reads::load(const TableSpec& table, std::span<const std::string> keys) {
  std::vector<Row> out;
  const Statement& statement = session_.table(table).load;
  for (const auto& key : keys) {
    const auto parts = split_key(key);
    // A name with a separator in it, asked for from outside: no row has it.
    if (parts.size() != table.key_columns) continue;
    Run run(statement);
    for (const auto& part : parts) run.bind(std::string_view(part));
    if (run.next()) out.push_back(row_of(run, run.columns()));
  }
  return out;
}

std::vector<Row> Reads::query(std::string_view sql, std::span<const Value> values) {
  std::vector<Row> out;
  Run run(session_.query(sql));
  for (const Value& value : values) run.bind(value);
  while (run.next()) out.push_back(row_of(run, run.columns()));
  return out;
}

}  // namespace registry::sqlite
