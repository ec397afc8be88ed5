#include "registry/store/gather.h"

#include <iterator>

#include "registry/base/limits.h"
#include "registry/domain/fold.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"

namespace registry {
namespace {

template <class T>
void gather_table(const LoadRows& load, WorkingSet& facts, const std::vector<std::string>& keys) {
  for (const Row& values : load(table_spec<T>(), keys)) {
    auto row = from_row<T>(values);
    if (!row) throw StoreFault(StoreError::corrupt, "a row of " + std::string(Table<T>::name) + " cannot be read");
    const std::string key = key_of(*row);
    facts.learn<T>(key, std::move(row));
  }
  for (const std::string& key : keys) facts.learn<T>(key, std::nullopt);
}

template <class T>
constexpr std::string_view listed() {
  if constexpr (requires { Table<T>::listed; }) return Table<T>::listed;
  return {};
}

std::string select_list(const TableSpec& table, std::string_view column, std::string_view condition) {
  std::string sql;
  for (const ColumnSpec& each : table.columns) ((sql += sql.empty() ? "SELECT \"" : ", \"") += each.name) += '"';
  ((sql += " FROM \"") += table.name) += "\" WHERE \"";
  (sql += column) += "\" = $1";
  if (!condition.empty()) (sql += " AND ") += condition;
  return sql += " LIMIT " + std::to_string(limits::kFactListMax);
}

template <class T>
void gather_list(Reader& reader, WorkingSet& facts, const std::string& list) {
  const auto parts = split_key(list);
  const Value value(parts.at(1));
  for (const Row& values : reader.query(select_list(table_spec<T>(), parts.at(0), listed<T>()), {&value, 1})) {
    auto row = from_row<T>(values);
    if (!row) throw StoreFault(StoreError::corrupt, "a row of " + std::string(Table<T>::name) + " cannot be read");
    const std::string key = key_of(*row);
    facts.learn<T>(key, std::move(row));
  }
  facts.learn_list<T>(list);
}

bool gather_lists(Reader& reader, WorkingSet& facts, const FactKeys& keys) {
  bool any = false;
  keys.each_list([&]<class T>(const T*, const std::vector<std::string>& wanted) {
    any = true;
    for (const std::string& list : wanted) gather_list<T>(reader, facts, list);
  });
  return any;
}

StoreFault unreadable(std::int64_t index) {
  return StoreFault(StoreError::corrupt, "entry " + std::to_string(index) + " cannot be read");
}

/// A key enrolled a moment ago may stand in `facts` alone.
std::vector<std::string> parties_of(Reader& reader, WorkingSet& facts, const std::vector<EntrySignature>& signatures) {
  FactKeys keys;
  for (const auto& signature : signatures) keys.want<Key>(signature.key.hex());
  gather(reader, facts, std::move(keys));
  std::vector<std::string> parties;
  for (const auto& signature : signatures)
    if (const Key* row = facts.find<Key>(signature.key.hex())) parties.push_back(row->party);
  return parties;
}

EntryFacts entry_facts(Reader& reader, WorkingSet& facts, const EntryRow& entry) {
  const auto leaf = parse_leaf(entry.leaf);
  auto moves = parse_moves(entry.outcome);
  if (!leaf || !moves) throw unreadable(entry.index);
  const auto header = parse_header(leaf->header_text);
  if (!header) throw unreadable(entry.index);
  return {header->type, header->party, parties_of(reader, facts, leaf->signatures), std::move(*moves)};
}

}  // namespace

bool gather_rows(const LoadRows& load, WorkingSet& facts, FactKeys keys) {
  if (!facts.keep_unknown(keys)) return false;
  bool any = false;
  keys.each_set([&]<class T>(const T*, const std::vector<std::string>& wanted) {
    any = true;
    gather_table<T>(load, facts, wanted);
  });
  return any;
}

bool gather(Reader& reader, WorkingSet& facts, FactKeys keys) {
  if (!facts.keep_unknown(keys)) return false;
  const std::unordered_set<std::int64_t> entries = std::move(keys.entries);
  keys.entries.clear();
  bool any = gather_lists(reader, facts, keys);
  any = gather_rows([&](const TableSpec& table, auto wanted) { return reader.load(table, wanted); }, facts,
                    std::move(keys)) ||
        any;
  for (const std::int64_t index : entries) {
    const auto entry = reader.entry(index);
    if (!entry) continue;
    facts.learn_entry(index, entry_facts(reader, facts, *entry));
    any = true;
  }
  return any;
}

}  // namespace registry
