#include "registry/views/entry_fold.h"

#include "registry/domain/fold.h"
#include "registry/log/leaf.h"
#include "registry/log/place.h"

namespace registry {
namespace {

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

}  // namespace

Header EntryFold::fold_chain(const EntryRow& row) {
  const Leaf leaf = fold_or_throw(row, parse_leaf(row.leaf));
  Header header = fold_or_throw(row, parse_header(leaf.header_text));
  FactKeys keys;
  keys.want<Chain>(header.chain);
  gather_rows(load_, facts_, std::move(keys));
  const crypto::Digest id = entry_id(header.suite, leaf.header_text);
  facts_.store(extended(header, id, facts_.find<Chain>(header.chain), row.index));
  return header;
}

/// Outcome first: a chain that a fork froze stays frozen when its row is extended.
EntryFold::Folded EntryFold::fold(const EntryRow& row) {
  gather_rows(load_, facts_, fold_or_throw(row, keys_of_stored(row.outcome)));
  Outcome outcome = fold_or_throw(row, parse_outcome(row.outcome, facts_));
  fold_or_throw(row, facts_.apply(outcome));
  return {fold_chain(row), std::move(outcome.moves)};
}

void EntryFold::take_changes(const Changed& take) {
  facts_.each_dirty(take);
  facts_.mark_clean();
}

void EntryFold::shed() {
  if (facts_.size() > kFactsMax) facts_ = {};
}

}  // namespace registry
