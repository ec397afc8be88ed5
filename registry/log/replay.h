#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/log/outcome_facts.h"

namespace registry {

/// Accounts that stand for real matter or real quota, which can never be owed: site: transit: permit: held: used:
bool is_bounded_account(std::string_view account);

/// Balances from moves alone, without any read table: what the log itself says everyone holds. Every move takes from
/// one account what it gives to another, so the sum per substance is zero by construction.
class Replay {
 public:
  /// Books all moves of one outcome and gives one sentence for each bounded account that ends below zero and each
  /// amount out of bounds. Accounts may pass below zero within one outcome.
  std::vector<std::string> apply(std::span<const ReplayMove> moves);

  std::int64_t balance(std::string_view substance, std::string_view account) const;
  /// Sum over all accounts; zero, or replay itself is wrong.
  std::int64_t sum(std::string_view substance) const;

 private:
  using Accounts = std::unordered_map<std::string, std::int64_t>;
  bool book(const ReplayMove& move);
  std::unordered_map<std::string, Accounts> substances_;
};

}  // namespace registry
