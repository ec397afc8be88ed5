#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "registry/domain/outcome.h"
#include "registry/domain/rows.h"

namespace registry {

/// Which rows somebody wants to see: by key, or by the value of one column as "<column> <value>", parted like a key.
/// Most are known already when they are asked for, so that wanting one costs no more than its key.
class FactKeys {
 public:
  /// want<Balance>("site:S1", "CN2-02", "L1")
  template <class T, class... Parts>
  void want(std::string_view first, const Parts&... rest) {
    static_assert(1 + sizeof...(Parts) == Table<T>::key_columns, "one part for each key column");
    want_key<T>(make_key(first, rest...));
  }
  template <class T>
  void want_key(std::string key) {
    rows_.push_back({number<T>(), std::move(key)});
  }
  /// want_list<Balance>("account", "site:S1"): all rows with this value, up to limits::kFactListMax. For rare steps,
  /// and for columns that a store has an index of.
  template <class T>
  void want_list(std::string_view column, std::string_view value) {
    lists_.push_back({number<T>(), make_key(column, value)});
  }
  /// The moves and author of an earlier entry, for a correction.
  void want_entry(std::int64_t index) { entries.insert(index); }

  /// All that another wants too.
  void add(FactKeys other);

  /// The keys wanted of one table, each once and in order.
  template <class T>
  std::vector<std::string> keys() const {
    return of_table(rows_, number<T>());
  }
  /// Calls f(null pointer to T, keys) for each table T of which a row is wanted.
  template <class F>
  void each_set(F&& f) const {
    each(rows_, f);
  }
  /// The same for lists.
  template <class F>
  void each_list(F&& f) const {
    each(lists_, f);
  }
  std::unordered_set<std::int64_t> entries;

 private:
  friend class WorkingSet;
  struct Wanted {
    std::uint8_t table;
    std::string key;
  };
  template <class... T>
  struct Numbers {
    template <class U>
    static constexpr std::uint8_t of() {
      std::uint8_t n = 0;
      bool found = false;
      ((found = found || std::is_same_v<T, U>, n = static_cast<std::uint8_t>(n + !found)), ...);
      return n;
    }
    template <class F>
    static void each(F&& f) {
      (f(static_cast<const T*>(nullptr)), ...);
    }
  };
  template <class T>
  static constexpr std::uint8_t number() {
    return AllTables<Numbers>::template of<T>();
  }
  static std::vector<std::string> of_table(const std::vector<Wanted>& wanted, std::uint8_t table);
  template <class F>
  static void each(const std::vector<Wanted>& wanted, F&& f) {
    if (wanted.empty()) return;
    AllTables<Numbers>::each([&]<class T>(const T* table) {
      if (const auto keys = of_table(wanted, number<T>()); !keys.empty()) f(table, keys);
    });
  }

  std::vector<Wanted> rows_, lists_;
};

/// An earlier entry as a correction sees it.
struct EntryFacts {
  std::string type, party;
  std::vector<std::string> signer_parties;
  std::vector<Move> moves;
};

/// A row that is here: known to exist, or known to be absent.
template <class T>
struct Slot {
  std::optional<T> row;
  bool dirty = false;
};

template <class T>
struct SlotsOf {
  std::unordered_map<std::string, Slot<T>> slots;
};
template <class... T>
struct SlotMaps : SlotsOf<T>... {};

/// Keys of the slots of T that are dirty, each once.
template <class T>
struct DirtyKeys {
  std::vector<std::string> keys;
};
template <class... T>
struct DirtyLists : DirtyKeys<T>... {};

/// The rows that a batch of entries looks at and changes. Filled from the store before entries are decided, changed in
/// memory by their outcomes, and written back at the end. Deciding reads it and does no I/O.
class WorkingSet {
 public:
  /// The row, or null when it does not exist. A row that nobody asked for is a bug of the caller's `need`.
  template <class T, class... Parts>
  const T* find(std::string_view first, const Parts&... rest) const {
    static_assert(1 + sizeof...(Parts) == Table<T>::key_columns, "one part for each key column");
    return find_key<T>(make_key(first, rest...));
  }
  template <class T>
  const T* find_key(const std::string& key) const {
    const auto& map = slots<T>();
    const auto at = map.find(key);
    ensure(at != map.end(), "fact was not gathered");
    return at->second.row ? &*at->second.row : nullptr;
  }
  template <class T, class... Parts>
  bool knows(std::string_view first, const Parts&... rest) const {
    return slots<T>().contains(make_key(first, rest...));
  }
  std::int64_t balance(std::string_view account, std::string_view substance, std::string_view lot) const {
    const auto* row = find<Balance>(account, substance, lot);
    return row ? row->amount : 0;
  }
  const EntryFacts* entry(std::int64_t index) const;
  /// The rows that were asked for by want_list, in the order of their keys. `keep` says which of the rows known here
  /// are of that list: [](const Balance& b) { return b.account == "site:S1"; }.
  template <class T, class F>
  std::vector<const T*> list(std::string_view column, std::string_view value, F&& keep) const {
    ensure(lists_.contains(list_name<T>(make_key(column, value))), "list of facts was not gathered");
    std::vector<const T*> rows;
    for (const auto& [key, slot] : slots<T>())
      if (slot.row && keep(*slot.row)) rows.push_back(&*slot.row);
    std::sort(rows.begin(), rows.end(), [](const T* a, const T* b) { return key_of(*a) < key_of(*b); });
    return rows;
  }
  template <class T>
  bool knows_list(std::string_view column, std::string_view value) const {
    return lists_.contains(list_name<T>(make_key(column, value)));
  }

  /// What the store said about a key.
  template <class T>
  void learn(const std::string& key, std::optional<T> row) {
    slots<T>().try_emplace(key, Slot<T>{std::move(row), false});
  }
  void learn_entry(std::int64_t index, EntryFacts facts);
  /// The store's rows of the list are all known; later ones are made here.
  template <class T>
  void learn_list(const std::string& list) {
    lists_.insert(list_name<T>(list));
  }

  /// Leaves in `keys` only what is not known here; true if something is left.
  bool keep_unknown(FactKeys& keys) const;

  /// Folds an outcome: puts and updates rows, moves amounts. The needed balances must be known. Refuses, changing
  /// nothing, when an account that holds goods or quota would fall below zero.
  Check apply(const Outcome& outcome);

  template <class T>
  void store(T row) {
    const std::string key = key_of(row);
    change<T>(key) = std::move(row);
  }

  /// Calls f(spec, rows to upsert, keys to erase) for each table with changes.
  void each_dirty(
      const std::function<void(const TableSpec&, const std::vector<Row>&, const std::vector<std::string>&)>& f) const;
  /// Forgets which rows were changed, once they are stored.
  void mark_clean();
  std::size_t size() const;

  template <class T>
  std::unordered_map<std::string, Slot<T>>& slots() {
    return static_cast<SlotsOf<T>&>(slots_).slots;
  }
  template <class T>
  const std::unordered_map<std::string, Slot<T>>& slots() const {
    return static_cast<const SlotsOf<T>&>(slots_).slots;
  }

 private:
  /// The row of a key, to be overwritten; it will be written back. Costs nothing for the many rows that stay as they
  /// are.
  template <class T>
  std::optional<T>& change(const std::string& key) {
    auto& slot = slots<T>()[key];
    if (!slot.dirty) dirty<T>().push_back(key);
    slot.dirty = true;
    return slot.row;
  }
  template <class T>
  std::vector<std::string>& dirty() {
    return static_cast<DirtyKeys<T>&>(dirty_).keys;
  }
  template <class T>
  const std::vector<std::string>& dirty() const {
    return static_cast<const DirtyKeys<T>&>(dirty_).keys;
  }

  template <class... T>
  struct Knowing;
  template <class T>
  static std::string list_name(std::string_view list) {
    return make_key(Table<T>::name, list);
  }

  AllTables<SlotMaps> slots_;
  std::unordered_set<std::string> lists_;
  AllTables<DirtyLists> dirty_;
  std::unordered_map<std::int64_t, EntryFacts> entries_;
};

/// Deciding reads facts and nothing else.
using Facts = WorkingSet;

/// The balances an outcome moves, so that they can be gathered before it is applied.
void want_balances(const Outcome& outcome, FactKeys& keys);

}  // namespace registry
