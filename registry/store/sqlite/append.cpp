#include "registry/store/sqlite/append.h"

#include <algorithm>

#include "registry/base/fault.h"

namespace registry::sqlite {
namespace {

constexpr std::string_view kBegin = "BEGIN IMMEDIATE";
constexpr std::string_view kCommit = "COMMIT";
constexpr std::string_view kEntry =
    "INSERT INTO entry (seq, chain, cseq, party, type, rtime, leaf, payload, outcome) VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kPlace =
    "INSERT INTO entry_list (seq, chain, cseq, party, type, rtime) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kMove =
    "INSERT INTO move (seq, n, substance, lot, source, target, amount) VALUES (?,?,?,?,?,?,?)";
constexpr std::string_view kTile = "INSERT INTO tile (level, idx, root, hashes) VALUES (?,?,?,?)";
constexpr std::string_view kCheckpoint = "INSERT INTO checkpoint (size, note) VALUES (?,?)";
constexpr std::string_view kAdvance =
    "UPDATE state SET size = ?, root = ?, head = ?, rtime = ?, policy = ?, folded = ? "
    "WHERE id = 1 AND size = ? AND epoch = ? AND folded = ?";

}  // namespace

Append::Append(Writer& writer, IdIndex& ids, FoldGate& gate, Sync sync)
    : ForwardReads(writer.session), writer_(writer), ids_(ids), gate_(gate) {
  writer_.require_free();
  writer_.turn.begin();
  try {
    writer_.set_sync(sync);
    run(kBegin).finish();
    const LogState state = reads_.state();
    size_ = size_after_ = state.size;
    folded_after_ = state.folded;
    was_behind_ = is_behind();
  } catch (...) {
    end();
    throw;
  }
}

Append::~Append() {
  if (open_) end();
}

/// Rolls back whatever is not committed.
void Append::end() {
  open_ = false;
  writer_.session.roll_back();
  writer_.names.rolled_back();
  writer_.turn.end();
}

/// After some failures, a full disk for one, SQLite has rolled back by itself, and what came next would stand alone.
void Append::require_open() const {
  if (!open_ || !writer_.session.in_transaction())
    throw StoreFault(StoreError::unavailable, "the transaction has ended");
}

std::optional<std::int64_t> Append::index_of(const crypto::Digest& entry_id) {
  const auto at = std::find(new_ids_.begin(), new_ids_.end(), entry_id);
  if (at != new_ids_.end()) return size_ + (at - new_ids_.begin());
  return ids_.find(entry_id, reads_, size_);
}

void Append::insert_entries(std::span<const EntryRow> entries) {
  require_open();
  for (const auto& entry : entries) insert_entry(entry);
}

void Append::insert_entry(const EntryRow& entry) {
  auto& names = writer_.names;
  const auto chain = names.number(entry.chain), party = names.number(entry.party), type = names.number(entry.type);
  Run insert(writer_.session.statement(kEntry));
  insert.bind(entry.index).bind(chain).bind(entry.cseq).bind(party).bind(type).bind(entry.rtime.ms);
  insert.bind_blob(entry.leaf).bind_blob(entry.payload).bind_blob(entry.outcome).finish();
  new_ids_.push_back(entry.id);
}

void Append::list_entries(std::span<const EntryPlace> entries) {
  require_open();
  auto& names = writer_.names;
  for (const auto& entry : entries) {
    const auto chain = names.number(entry.chain), party = names.number(entry.party), type = names.number(entry.type);
    Run insert(writer_.session.statement(kPlace));
    insert.bind(entry.index).bind(chain).bind(entry.cseq).bind(party).bind(type).bind(entry.rtime.ms).finish();
  }
}

void Append::insert_moves(std::span<const MoveRow> moves) {
  require_open();
  for (const auto& move : moves) insert_move(move);
}

void Append::insert_move(const MoveRow& row) {
  auto& names = writer_.names;
  const Move& move = row.move;
  const auto substance = names.number(move.substance), lot = names.number(move.lot);
  const auto source = names.number(move.from), target = names.number(move.to);
  Run insert(writer_.session.statement(kMove));
  insert.bind(row.index).bind(row.n).bind(substance).bind(lot).bind(source).bind(target).bind(move.amount).finish();
}

void Append::insert_tiles(std::span<const Tile> tiles) {
  require_open();
  for (const auto& tile : tiles) {
    Run insert(writer_.session.statement(kTile));
    insert.bind(std::int64_t{tile.level}).bind(static_cast<std::int64_t>(tile.index));
    insert.bind_blob(tile.root.view()).bind_blob(tile.hashes).finish();
  }
}

void Append::insert_checkpoint(const CheckpointRow& checkpoint) {
  require_open();
  Run insert(writer_.session.statement(kCheckpoint));
  insert.bind(checkpoint.size).bind(std::string_view(checkpoint.note)).finish();
}

void Append::upsert(const TableSpec& table, std::span<const Row> rows) {
  require_open();
  const Statement& statement = writer_.session.table(table).upsert;
  for (const auto& row : rows) {
    if (row.size() != table.columns.size())
      throw StoreFault(StoreError::unavailable, "a row has another length than its table");
    Run put(statement);
    for (const auto& value : row) put.bind(value);
    put.finish();
  }
}

void Append::erase(const TableSpec& table, std::span<const std::string> keys) {
  require_open();
  const Statement& statement = writer_.session.table(table).erase;
  for (const auto& key : keys) erase_row(statement, table, key);
}

void Append::erase_row(const Statement& statement, const TableSpec& table, const std::string& key) {
  const auto parts = split_key(key);
  if (parts.size() != table.key_columns)
    throw StoreFault(StoreError::unavailable, "a key has another number of parts than its table");
  Run erase(statement);
  for (const auto& part : parts) erase.bind(std::string_view(part));
  erase.finish();
}

void Append::advance(const LogState& before, const LogState& after) {
  require_open();
  Run update(writer_.session.statement(kAdvance));
  update.bind(after.size).bind_blob(after.root.view()).bind_blob(after.head.view()).bind(after.rtime.ms);
  update.bind(after.policy).bind(after.folded);
  const int changed = update.bind(before.size).bind(before.epoch).bind(before.folded).finish();
  if (changed != 1) throw StoreFault(StoreError::conflict, "the log has another size or epoch: another writer");
  size_after_ = after.size;
  folded_after_ = after.folded;
}

void Append::commit() {
  require_open();
  commit_behind_gate();
  writer_.names.committed();
  open_ = false;
  writer_.turn.end();
  ids_.note(size_, new_ids_);
}

/// No reader may see the log ahead of its fold.
void Append::commit_behind_gate() {
  if (is_behind()) gate_.close();
  try {
    commit_or_stop();
  } catch (...) {
    if (!was_behind_) gate_.open();
    throw;
  }
  if (!is_behind()) gate_.open();
}

/// A full disk is no mystery: the frame that makes a commit is the last one written, so where space ran out before its
/// end there is none, and SQLite has rolled back. After any other failure a sync may be missing under a written commit.
void Append::commit_or_stop() {
  try {
    run(kCommit).finish();
  } catch (const StoreFault& fault) {
    end();
    if (fault.error() == StoreError::full) throw;
    writer_.stopped = true;
    throw StoreFault(StoreError::unknown_outcome, fault.what());
  }
}

}  // namespace registry::sqlite
