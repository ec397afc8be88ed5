#include "tools/cli/statement_fold.h"

#include <nlohmann/json.hpp>

#include "registry/domain/account.h"
#include "registry/log/outcome_facts.h"

namespace tools {

using namespace registry;

StatementFold::StatementFold(std::string permit, Verdict& out) : permit_(std::move(permit)), out_(out) {}

void StatementFold::defect(std::uint64_t index, const char* kind, std::string detail) {
  out_.defect("entry " + std::to_string(index), index, kind, std::move(detail));
}

std::int64_t* StatementFold::account(Sums& sums, const std::string& name) const {
  if (name == permit_account(permit_)) return &sums.left;
  if (name == held_account(permit_)) return &sums.held;
  if (name == used_account(permit_)) return &sums.used;
  return nullptr;
}

void StatementFold::take(std::uint64_t index, const nlohmann::json& outcome) {
  if (!is_first_ && index <= last_) defect(index, "statement-order", "it does not stand after the entry before it");
  last_ = index;
  is_first_ = false;
  if (!outcome.is_string()) {
    is_whole_ = false;
    return;
  }
  const auto facts = parse_outcome_facts(outcome.get_ref<const std::string&>());
  if (!facts) return defect(index, "outcome-form", "the outcome cannot be read");
  for (const ReplayMove& each : facts->moves) move(index, each.substance, each.from, each.to, each.amount);
}

void StatementFold::move(std::uint64_t index, const std::string& substance, const std::string& from,
                         const std::string& to, std::int64_t amount) {
  Sums unknown;
  if (!account(unknown, from) && !account(unknown, to)) return;
  Sums& sums = sums_[substance];
  if (from == outside::kGranted) sums.granted += amount;
  if (to == outside::kLapsed) sums.lapsed += amount;
  if (std::int64_t* source = account(sums, from)) *source -= amount;
  if (std::int64_t* target = account(sums, to)) *target += amount;
  if (is_whole_ && (sums.left < 0 || sums.held < 0 || sums.used < 0))
    defect(index, "statement-below-zero", "more of " + substance + " is taken from " + from + " than is there");
}

void StatementFold::finish() {
  if (!is_whole_) out_.limits.push_back("some outcomes are not in the file, so the sums are not those of the permit");
  bool is_zero = is_whole_ && !sums_.empty();
  for (const auto& [substance, sums] : sums_) {
    is_zero = is_zero && sums.left == 0 && sums.held == 0;
    out_.fact(substance, "granted " + std::to_string(sums.granted) + " = used " + std::to_string(sums.used) +
                             " + lapsed " + std::to_string(sums.lapsed) + " + held " + std::to_string(sums.held) +
                             " + left " + std::to_string(sums.left));
    if (is_whole_ && sums.granted != sums.used + sums.lapsed + sums.held + sums.left)
      defect(last_, "statement-sum", "the accounts of " + substance + " do not add up to what was granted");
  }
  out_.fact("written off", is_zero ? "yes" : "no");
}

}  // namespace tools
