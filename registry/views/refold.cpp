#include "registry/views/refold.h"

#include <algorithm>

#include "registry/views/entry_fold.h"

namespace registry {
namespace {

constexpr std::size_t kEntriesAtOnce = 500;

std::vector<EntryRow> some_entries(Reader& log, std::int64_t from, std::int64_t end) {
  auto rows = log.entries(from, std::min(kEntriesAtOnce, static_cast<std::size_t>(end - from)));
  if (rows.empty()) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(from) + " is missing");
  return rows;
}

void fold_rows(AppendTx& tx, EntryFold& fold, const std::vector<EntryRow>& rows) {
  std::vector<MoveRow> moves;
  for (const EntryRow& row : rows) {
    std::int64_t n = 0;
    for (Move& move : fold.fold(row).moves) moves.push_back({row.index, n++, std::move(move)});
  }
  tx.insert_moves(moves);
  fold.take_changes([&](const TableSpec& table, const std::vector<Row>& changed, const std::vector<std::string>& gone) {
    if (!changed.empty()) tx.upsert(table, changed);
    if (!gone.empty()) tx.erase(table, gone);
  });
}

void list_rows(AppendTx& tx, const LogState& before, const std::vector<EntryRow>& rows) {
  std::vector<EntryPlace> places;
  for (const EntryRow& row : rows) places.push_back(place_of(row));
  tx.list_entries(places);
  LogState after = before;
  after.folded = rows.back().index + 1;
  tx.advance(before, after);
}

}  // namespace

std::int64_t catch_up(Store& store) {
  const LogState found = store.begin_log_read()->state();
  if (found.folded >= found.size) return found.folded;
  AppendTx* now = nullptr;
  EntryFold fold([&](const TableSpec& table, auto keys) { return now->load(table, keys); });
  for (;;) {
    const auto tx = store.begin_fold();
    now = tx.get();
    const LogState before = tx->state();
    if (before.folded >= before.size) return before.folded;
    const auto rows = some_entries(*tx, before.folded, before.size);
    fold_rows(*tx, fold, rows);
    list_rows(*tx, before, rows);
    tx->commit();
    fold.shed();
  }
}

void refold(Reader& log, Store& into, const FoldProgress& progress, std::optional<std::int64_t> first) {
  const std::int64_t size = std::min(first.value_or(INT64_MAX), log.state().folded);
  AppendTx* now = nullptr;
  EntryFold fold([&](const TableSpec& table, auto keys) { return now->load(table, keys); });
  for (std::int64_t next = 0; next < size;) {
    const auto rows = some_entries(log, next, size);
    const auto tx = into.begin_append();
    now = tx.get();
    fold_rows(*tx, fold, rows);
    tx->commit();
    fold.shed();
    next = rows.back().index + 1;
    if (progress) progress(next, size);
  }
}

}  // namespace registry
