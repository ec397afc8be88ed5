#include "registry/views/history_fold.h"

#include <algorithm>

#include "registry/log/leaf.h"
#include "registry/views/entry_fold.h"
#include "registry/views/event_time.h"

namespace registry {
namespace {

constexpr std::int64_t kEntriesAtOnce = 500;

/// Where the folding goes on: behind what is folded, if that is of this log.
HistoryState known_start(Reader& log, History& history) {
  const HistoryState state = history.state();
  if (state.folded == 0) return state;
  const auto last = log.entry(state.folded - 1);
  if (last && leaf_hash(last->leaf) == state.head) return state;
  history.clear();
  return {};
}

UtcTime event_of(HistoryTx& tx, const EntryRow& row, const Header& header) {
  if (const auto corrected = corrected_entry(header, row.payload))
    if (const auto time = tx.event_of(*corrected)) return *time;
  return claimed_event(header, row.payload, row.rtime);
}

void add_entry(HistoryTx& tx, EntryFold& fold, const EntryRow& row) {
  const EntryFold::Folded folded = fold.fold(row);
  const UtcTime event = event_of(tx, row, folded.header);
  tx.add_event(row.index, event);
  tx.add_moves(folded.moves, row.index, event);
  fold.take_changes([&](const TableSpec& table, const std::vector<Row>& rows, const std::vector<std::string>&) {
    if (table.name != Table<Balance>::name) tx.put(table, rows, row.index, event);
  });
}

}  // namespace

std::int64_t fold_history(Reader& log, History& history, std::int64_t size, const StopFolding& stop) {
  HistoryState state = known_start(log, history);
  HistoryTx* now = nullptr;
  EntryFold fold([&](const TableSpec& table, auto keys) { return now->load(table, keys); });
  while (state.folded < size && !(stop && stop())) {
    const auto rows =
        log.entries(state.folded, static_cast<std::size_t>(std::min(kEntriesAtOnce, size - state.folded)));
    if (rows.empty()) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(state.folded) + " is missing");
    const auto tx = history.begin_fold();
    now = tx.get();
    for (const EntryRow& row : rows) add_entry(*tx, fold, row);
    state = {rows.back().index + 1, leaf_hash(rows.back().leaf)};
    tx->commit(state);
    fold.shed();
  }
  return state.folded;
}

}  // namespace registry
