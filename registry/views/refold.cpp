#include "registry/views/refold.h"

#include <algorithm>

#include "registry/views/entry_fold.h"

namespace registry {
namespace {

constexpr std::size_t kEntriesAtOnce = 500;

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
  tx.commit();
  fold.shed();
}

}  // namespace

void refold(Reader& log, Store& into, const FoldProgress& progress, std::optional<std::int64_t> first) {
  const std::int64_t size = std::min(first.value_or(INT64_MAX), log.state().size);
  AppendTx* into_tx = nullptr;
  EntryFold fold([&](const TableSpec& table, auto keys) { return into_tx->load(table, keys); });
  for (std::int64_t next = 0; next < size;) {
    const auto rows = log.entries(next, std::min(kEntriesAtOnce, static_cast<std::size_t>(size - next)));
    if (rows.empty()) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(next) + " is missing");
    const auto tx = into.begin_append();
    into_tx = tx.get();
    fold_rows(*tx, fold, rows);
    next = rows.back().index + 1;
    if (progress) progress(next, size);
  }
}

}  // namespace registry
