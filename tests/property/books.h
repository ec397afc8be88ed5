#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"

namespace property {

/// Watches the double-entry book from outside: by what every balance was and became, not by the moves that say so.
class Books {
 public:
  /// Remembers the balances that an outcome will touch.
  void before(const registry::WorkingSet& facts, const registry::Outcome& outcome);
  /// What is wrong with them now, or nothing: a total that is not zero, an account of goods or quota below zero, pure
  /// mass that a split or merge made or lost.
  std::string after(const registry::WorkingSet& facts, const registry::Outcome& outcome);
  /// The same from all balances, however they came about.
  static std::string audit(const registry::WorkingSet& facts);

 private:
  std::string check_totals() const;
  static std::string check_pure_mass(const registry::WorkingSet& facts, const registry::Outcome& outcome);

  std::unordered_map<std::string, std::int64_t> before_;
  /// By substance; quota apart from goods.
  std::map<std::string, std::int64_t> totals_;
};

}  // namespace property
