#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/rows.h"

namespace registry {

/// Matter or quota that goes from one account to another; it cannot be unbalanced.
struct Move {
  std::string substance, lot, from, to;
  /// Base unit of the substance, above zero.
  std::int64_t amount = 0;
  friend bool operator==(const Move&, const Move&) = default;
};

/// What the receiver learns when its blind count is stored.
struct RevealLine {
  std::string lot;
  std::int64_t shipped = 0, counted = 0;
};

/// A row as it becomes, and as it was when it was there before.
template <class T>
struct Change {
  std::optional<T> before;
  T after;
};

template <class T>
struct ChangesOf {
  std::vector<Change<T>> changes;
};
template <class... T>
struct ChangeLists : ChangesOf<T>... {
  template <class F>
  void each(F&& f) const {
    (f(ChangesOf<T>::changes), ...);
  }
};

/// Everything an entry does, as the registry decided it. Read tables are folds of outcomes.
class Outcome {
 public:
  std::vector<Move> moves;
  std::vector<RevealLine> reveal;
  /// Hex digest of the payload, which is not public: without it nobody can find the outcome from its public hash by
  /// trying amounts. Set when the outcome is stored.
  std::string salt;

  template <class T>
  void put(T row) {
    changes<T>().push_back({std::nullopt, std::move(row)});
  }
  /// A row that is there becomes `after`; key and fixed columns must stay.
  template <class T>
  void update(const T& before, T after) {
    each_column<T>([&](const auto& c) {
      if (is_fixed_column<T>(c.name)) ensure(before.*(c.member) == after.*(c.member), "a fixed column stays");
    });
    changes<T>().push_back({before, std::move(after)});
  }
  /// Nothing happens for an amount of zero.
  void move(std::string_view substance, std::string_view lot, std::string_view from, std::string_view to,
            std::int64_t amount);

  template <class T>
  std::vector<Change<T>>& changes() {
    return static_cast<ChangesOf<T>&>(changes_).changes;
  }
  template <class T>
  const std::vector<Change<T>>& changes() const {
    return static_cast<const ChangesOf<T>&>(changes_).changes;
  }
  /// Calls f(list) for the change list of every table, in table order.
  template <class F>
  void each_list(F&& f) const {
    changes_.each(std::forward<F>(f));
  }

 private:
  AllTables<ChangeLists> changes_;
};

/// The salt of an entry's outcome: hex of SHA-256("ledger.outcome/v1" 00 payload).
std::string outcome_salt(std::string_view payload);

/// Canonical JSON: {"moves":[…],"put":{table:[row…]},"reveal":[…],"salt":…,"set":{table:[{key…, changed columns…}…]}}.
/// Members that would be empty and columns at their default are left out.
std::string format_outcome(const Outcome& outcome);

}  // namespace registry
