#include "registry/steps/permit_paper.h"

#include "registry/domain/account.h"
#include "registry/steps/code_list.h"
#include "registry/steps/obligations.h"

namespace registry {

std::string write_off_id(std::string_view no) { return obligation_id("write-off", permit_account(no)); }

void want_permit(const Facts& known, std::string_view no, FactKeys& keys) {
  keys.want<Permit>(no);
  keys.want<Obligation>(write_off_id(no));
  const Permit* permit = known.knows<Permit>(no) ? known.find<Permit>(no) : nullptr;
  if (!permit) return;
  keys.want<Party>(permit->issuer);
  each_code(permit->substances, [&](std::string_view substance) {
    keys.want<Balance>(permit_account(no), substance, "");
    keys.want<Balance>(held_account(no), substance, "");
    keys.want<Balance>(outside::kLapsed, substance, "");
  });
}

bool is_held(const Facts& facts, const Permit& permit) {
  bool held = false;
  each_code(permit.substances, [&](std::string_view substance) {
    held = held || facts.balance(held_account(permit.no), substance, "") > 0;
  });
  return held;
}

bool is_unused_rest(const Facts& facts, const Permit& permit) {
  bool is_left = false;
  each_code(permit.substances, [&](std::string_view substance) {
    is_left = is_left || facts.balance(permit_account(permit.no), substance, "") > 0;
  });
  return is_left;
}

std::string held_amounts(const Facts& facts, const RulePack& rules, const Permit& permit,
                         std::string Substance::*name) {
  std::string text;
  each_code(permit.substances, [&](std::string_view code) {
    const std::int64_t held = facts.balance(held_account(permit.no), code, "");
    const Substance* substance = rules.substance(code);
    if (held == 0 || !substance) return;
    if (!text.empty()) text += ", ";
    text += format_amount(held, substance->unit) + " " + substance->*name;
  });
  return text;
}

void lapse(const Facts& facts, const Permit& permit, Outcome& out) {
  each_code(permit.substances, [&](std::string_view substance) {
    const std::int64_t left = facts.balance(permit_account(permit.no), substance, "");
    out.move(substance, "", permit_account(permit.no), outside::kLapsed, left);
  });
}

}  // namespace registry
