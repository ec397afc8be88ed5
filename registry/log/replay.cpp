#include "registry/log/replay.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "registry/base/limits.h"

namespace registry {
namespace {

constexpr std::array<std::string_view, 5> kBounded{"site:", "transit:", "permit:", "held:", "used:"};

/// Adds or, where the sum leaves 64 bits, changes nothing.
bool add(std::int64_t& balance, std::int64_t amount) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(balance, amount, &sum)) return false;
  balance = sum;
  return true;
}

}  // namespace

bool is_bounded_account(std::string_view account) {
  return std::any_of(kBounded.begin(), kBounded.end(), [&](std::string_view p) { return account.starts_with(p); });
}

bool Replay::book(const ReplayMove& move) {
  if (move.amount <= 0 || move.amount > limits::kAmountMax) return false;
  auto& accounts = substances_[move.substance];
  auto& from = accounts[move.from];
  if (!add(from, -move.amount)) return false;
  if (add(accounts[move.to], move.amount)) return true;
  accounts[move.from] += move.amount;
  return false;
}

std::vector<std::string> Replay::apply(std::span<const ReplayMove> moves) {
  std::vector<std::string> problems;
  std::set<std::pair<std::string_view, std::string_view>> touched;
  for (const auto& move : moves) {
    if (!book(move)) problems.push_back("a move of " + move.substance + " has an impossible amount");
    if (is_bounded_account(move.from)) touched.insert({move.substance, move.from});
  }
  for (const auto& [substance, account] : touched)
    if (balance(substance, account) < 0)
      problems.push_back(std::string(account).append(" falls below zero in ").append(substance));
  return problems;
}

std::int64_t Replay::balance(std::string_view substance, std::string_view account) const {
  const auto accounts = substances_.find(std::string(substance));
  if (accounts == substances_.end()) return 0;
  const auto found = accounts->second.find(std::string(account));
  return found == accounts->second.end() ? 0 : found->second;
}

std::int64_t Replay::sum(std::string_view substance) const {
  const auto accounts = substances_.find(std::string(substance));
  if (accounts == substances_.end()) return 0;
  std::int64_t sum = 0;
  for (const auto& [account, amount] : accounts->second) sum += amount;
  return sum;
}

}  // namespace registry
