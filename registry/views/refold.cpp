#include "registry/views/refold.h"

#include "registry/domain/fold.h"
#include "registry/domain/working_set.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/log/place.h"
#include "registry/store/gather.h"

namespace registry {
namespace {

constexpr std::size_t kEntriesAtOnce = 500;
constexpr std::size_t kFactsMax = 40'000;

StoreFault cannot_fold(const EntryRow& row, const Refusal& refusal) {
  std::string why = refusal.rule;
  for (const auto& [name, value] : refusal.facts) why += ", " + name + " " + value;
  return StoreFault(StoreError::corrupt, "entry " + std::to_string(row.index) + " cannot be folded: " + why);
}

/// The value, or the fault that names the entry.
template <class T>
T fold_or_throw(const EntryRow& row, Result<T> result) {
  if (!result) throw cannot_fold(row, result.error());
  return std::move(result).value();
}

void fold_chain(WorkingSet& facts, Reader& reader, const EntryRow& row) {
  const Leaf leaf = fold_or_throw(row, parse_leaf(row.leaf));
  const Header header = fold_or_throw(row, parse_header(leaf.header_text));
  FactKeys keys;
  keys.want<Chain>(header.chain);
  gather(reader, facts, std::move(keys));
  facts.store(extended(header, entry_id(header.suite, leaf.header_text), facts.find<Chain>(header.chain), row.index));
}

/// Outcome first: a chain that a fork froze stays frozen when its row is extended.
std::vector<Move> fold_entry(WorkingSet& facts, Reader& reader, const EntryRow& row) {
  gather(reader, facts, fold_or_throw(row, keys_of_stored(row.outcome)));
  Outcome outcome = fold_or_throw(row, parse_outcome(row.outcome, facts));
  fold_or_throw(row, facts.apply(outcome));
  fold_chain(facts, reader, row);
  return std::move(outcome.moves);
}

void fold_rows(AppendTx& tx, WorkingSet& facts, const std::vector<EntryRow>& rows) {
  std::vector<MoveRow> moves;
  for (const EntryRow& row : rows) {
    std::int64_t n = 0;
    for (Move& move : fold_entry(facts, tx, row)) moves.push_back({row.index, n++, std::move(move)});
  }
  tx.insert_moves(moves);
  facts.each_dirty([&](const TableSpec& table, const std::vector<Row>& changed, const std::vector<std::string>& gone) {
    if (!changed.empty()) tx.upsert(table, changed);
    if (!gone.empty()) tx.erase(table, gone);
  });
  tx.commit();
  facts.mark_clean();
  if (facts.size() > kFactsMax) facts = {};
}

}  // namespace

void refold(Reader& log, Store& into, const FoldProgress& progress) {
  const std::int64_t size = log.state().size;
  WorkingSet facts;
  for (std::int64_t next = 0; next < size;) {
    const auto rows = log.entries(next, kEntriesAtOnce);
    if (rows.empty()) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(next) + " is missing");
    fold_rows(*into.begin_append(), facts, rows);
    next = rows.back().index + 1;
    if (progress) progress(next, size);
  }
}

}  // namespace registry
