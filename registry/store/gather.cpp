#include "registry/store/gather.h"

#include <iterator>

#include "registry/domain/fold.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"

namespace registry {
namespace {

template <class T>
void gather_table(const LoadRows& load, WorkingSet& facts, const std::unordered_set<std::string>& wanted) {
  if (wanted.empty()) return;
  const std::vector<std::string> keys(wanted.begin(), wanted.end());
  for (const Row& values : load(table_spec<T>(), keys)) {
    auto row = from_row<T>(values);
    if (!row) throw StoreFault(StoreError::corrupt, "a row of " + std::string(Table<T>::name) + " cannot be read");
    const std::string key = key_of(*row);
    facts.learn<T>(key, std::move(row));
  }
  for (const std::string& key : keys) facts.learn<T>(key, std::nullopt);
}

StoreFault unreadable(std::int64_t index) {
  return StoreFault(StoreError::corrupt, "entry " + std::to_string(index) + " cannot be read");
}

std::vector<std::string> parties_of(Reader& reader, const std::vector<EntrySignature>& signatures) {
  std::vector<std::string> keys, parties;
  for (const auto& signature : signatures) keys.push_back(signature.key.hex());
  for (const Row& values : reader.load(table_spec<Key>(), keys))
    if (auto row = from_row<Key>(values)) parties.push_back(row->party);
  return parties;
}

EntryFacts entry_facts(Reader& reader, const EntryRow& entry) {
  const auto leaf = parse_leaf(entry.leaf);
  auto moves = parse_moves(entry.outcome);
  if (!leaf || !moves) throw unreadable(entry.index);
  const auto header = parse_header(leaf->header_text);
  if (!header) throw unreadable(entry.index);
  return {header->type, header->party, parties_of(reader, leaf->signatures), std::move(*moves)};
}

}  // namespace

bool gather_rows(const LoadRows& load, WorkingSet& facts, FactKeys keys) {
  if (!facts.keep_unknown(keys)) return false;
  bool any = false;
  keys.each_set([&]<class T>(const T*, const std::unordered_set<std::string>& wanted) {
    any = any || !wanted.empty();
    gather_table<T>(load, facts, wanted);
  });
  return any;
}

bool gather(Reader& reader, WorkingSet& facts, FactKeys keys) {
  if (!facts.keep_unknown(keys)) return false;
  const std::unordered_set<std::int64_t> entries = std::move(keys.entries);
  keys.entries.clear();
  bool any = gather_rows([&](const TableSpec& table, auto wanted) { return reader.load(table, wanted); }, facts,
                         std::move(keys));
  for (const std::int64_t index : entries) {
    const auto entry = reader.entry(index);
    if (!entry) continue;
    facts.learn_entry(index, entry_facts(reader, *entry));
    any = true;
  }
  return any;
}

}  // namespace registry
