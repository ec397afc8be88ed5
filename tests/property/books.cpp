#include "books.h"

#include "registry/domain/account.h"

namespace property {

using namespace registry;

namespace {

__extension__ typedef __int128 Wide;

std::string book_of(const std::string& account, const std::string& substance) {
  return substance + (is_quota_account(account) ? " quota" : " goods");
}

}  // namespace

void Books::before(const WorkingSet& facts, const Outcome& outcome) {
  before_.clear();
  for (const Move& move : outcome.moves)
    for (const std::string& account : {move.from, move.to})
      before_[make_key(account, move.substance, move.lot)] = facts.balance(account, move.substance, move.lot);
}

std::string Books::after(const WorkingSet& facts, const Outcome& outcome) {
  for (const auto& [key, was] : before_) {
    const Balance* row = facts.find_key<Balance>(key);
    const std::int64_t is = row ? row->amount : 0;
    const auto parts = split_key(key);
    if (is < 0 && is_held_account(parts[0])) return "below zero: " + parts[0] + " " + parts[2];
    totals_[book_of(parts[0], parts[1])] += is - was;
  }
  std::string wrong = check_totals();
  return wrong.empty() ? check_pure_mass(facts, outcome) : wrong;
}

std::string Books::check_totals() const {
  for (const auto& [book, total] : totals_)
    if (total != 0) return book + " add up to " + std::to_string(total);
  return {};
}

/// What leaves one lot and comes into another at once keeps its share of pure substance to the millionth.
std::string Books::check_pure_mass(const WorkingSet& facts, const Outcome& outcome) {
  Wide pure = 0;
  for (const Move& move : outcome.moves) {
    const bool leaves = move.to == outside::kRepacked;
    if (!leaves && move.from != outside::kRepacked) continue;
    pure += Wide{leaves ? -move.amount : move.amount} * facts.find<Lot>(move.lot)->purity_ppm;
  }
  return pure == 0 ? "" : "pure mass is not kept";
}

std::string Books::audit(const WorkingSet& facts) {
  std::map<std::string, std::int64_t> totals;
  for (const auto& [key, slot] : facts.slots<Balance>()) {
    if (!slot.row) continue;
    if (slot.row->amount < 0 && is_held_account(slot.row->account)) return "below zero: " + slot.row->account;
    totals[book_of(slot.row->account, slot.row->substance)] += slot.row->amount;
  }
  for (const auto& [book, total] : totals)
    if (total != 0) return book + " add up to " + std::to_string(total);
  return {};
}

}  // namespace property
