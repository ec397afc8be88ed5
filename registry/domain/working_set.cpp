#include "registry/domain/working_set.h"

#include <algorithm>
#include <iterator>

#include "registry/domain/account.h"

namespace registry {
namespace {

/// What each balance would become, so that a refusal changes nothing.
class PendingBalances {
 public:
  explicit PendingBalances(const WorkingSet& facts) : facts_(facts) {}

  /// False if the account would fall below zero or out of range.
  bool add(std::string_view account, const Move& move, std::int64_t amount) {
    auto [at, is_new] = after_.try_emplace(make_key(account, move.substance, move.lot), Balance{});
    Balance& row = at->second;
    if (is_new) row = {std::string(account), move.substance, move.lot, current(at->first)};
    return !__builtin_add_overflow(row.amount, amount, &row.amount);
  }
  const std::unordered_map<std::string, Balance>& after() const { return after_; }

 private:
  std::int64_t current(const std::string& key) const {
    const Balance* row = facts_.find_key<Balance>(key);
    return row ? row->amount : 0;
  }
  const WorkingSet& facts_;
  std::unordered_map<std::string, Balance> after_;
};

Check add_moves(const std::vector<Move>& moves, PendingBalances& pending) {
  for (const Move& move : moves) {
    if (!pending.add(move.from, move, -move.amount) || !pending.add(move.to, move, move.amount))
      return refuse("amount-out-of-range");
  }
  for (const auto& [key, row] : pending.after()) {
    if (row.amount < 0 && is_held_account(row.account))
      return refuse("insufficient-balance").with("account", row.account).with("lot", row.lot);
  }
  return Accepted{};
}

/// Neighbours in a table are written one after the other: each page of it once.
std::vector<std::string> sorted(std::vector<std::string> keys) {
  std::sort(keys.begin(), keys.end());
  return keys;
}

template <class... T>
struct Each {
  template <class F>
  static void type(F&& f) {
    (f(static_cast<const T*>(nullptr)), ...);
  }
};

}  // namespace

/// What is asked of the rows of a table, by its number.
template <class... T>
struct WorkingSet::Knowing {
  using Row = bool (*)(const WorkingSet&, const std::string&);
  using ListName = std::string (*)(const std::string&);
  static constexpr Row row[] = {
      [](const WorkingSet& facts, const std::string& key) { return facts.slots<T>().contains(key); }...};
  static constexpr ListName list[] = {[](const std::string& list) { return list_name<T>(list); }...};
};

void FactKeys::add(FactKeys other) {
  std::move(other.rows_.begin(), other.rows_.end(), std::back_inserter(rows_));
  std::move(other.lists_.begin(), other.lists_.end(), std::back_inserter(lists_));
  entries.merge(other.entries);
}

std::vector<std::string> FactKeys::of_table(const std::vector<Wanted>& wanted, std::uint8_t table) {
  std::vector<std::string> keys;
  for (const auto& each : wanted)
    if (each.table == table) keys.push_back(each.key);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

const EntryFacts* WorkingSet::entry(std::int64_t index) const {
  const auto at = entries_.find(index);
  return at == entries_.end() ? nullptr : &at->second;
}

void WorkingSet::learn_entry(std::int64_t index, EntryFacts facts) {
  entries_.insert_or_assign(index, std::move(facts));
}

bool WorkingSet::keep_unknown(FactKeys& keys) const {
  const auto& known_row = AllTables<Knowing>::row;
  std::erase_if(keys.rows_, [&](const auto& wanted) { return known_row[wanted.table](*this, wanted.key); });
  const auto& known_list = AllTables<Knowing>::list;
  std::erase_if(keys.lists_, [&](const auto& wanted) { return lists_.contains(known_list[wanted.table](wanted.key)); });
  std::erase_if(keys.entries, [&](std::int64_t index) { return entries_.contains(index); });
  return !keys.rows_.empty() || !keys.lists_.empty() || !keys.entries.empty();
}

Check WorkingSet::apply(const Outcome& outcome) {
  PendingBalances pending(*this);
  TRY(add_moves(outcome.moves, pending));
  for (const auto& [key, row] : pending.after()) {
    change<Balance>(key) = row.amount == 0 ? std::nullopt : std::optional(row);
  }
  outcome.each_list([&](const auto& list) {
    for (const auto& change : list) store(change.after);
  });
  return Accepted{};
}

void WorkingSet::each_dirty(
    const std::function<void(const TableSpec&, const std::vector<Row>&, const std::vector<std::string>&)>& f) const {
  AllTables<Each>::type([&]<class T>(const T*) {
    std::vector<Row> rows;
    std::vector<std::string> gone;
    for (const std::string& key : sorted(dirty<T>())) {
      const auto& row = slots<T>().at(key).row;
      if (row)
        rows.push_back(to_row(*row));
      else
        gone.push_back(key);
    }
    if (!rows.empty() || !gone.empty()) f(table_spec<T>(), rows, gone);
  });
}

void WorkingSet::mark_clean() {
  AllTables<Each>::type([&]<class T>(const T*) {
    for (const std::string& key : dirty<T>()) slots<T>().at(key).dirty = false;
    dirty<T>().clear();
  });
}

std::size_t WorkingSet::size() const {
  std::size_t n = entries_.size() + lists_.size();
  AllTables<Each>::type([&]<class T>(const T*) { n += slots<T>().size(); });
  return n;
}

void want_balances(const Outcome& outcome, FactKeys& keys) {
  for (const Move& m : outcome.moves) {
    keys.want<Balance>(m.from, m.substance, m.lot);
    keys.want<Balance>(m.to, m.substance, m.lot);
  }
}

}  // namespace registry
