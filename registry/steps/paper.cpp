#include "registry/steps/paper.h"

#include <string>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/code_list.h"

namespace registry {
namespace {

Refusal about(std::string_view rule, std::string_view no, const PaperUse& use) {
  return refuse(rule).with("permit", std::string(no)).at(std::string(use.pointer));
}

Check check_kind(const RulePack& rules, const Permit& permit, const Substance& substance, const PaperUse& use) {
  const PermitKind* kind = rules.permit_kind(permit.kind);
  if (!kind || !rules.serves(*kind, use.purpose, substance)) {
    return about("permit-wrong-kind", permit.no, use)
        .with("kind", kind ? kind->name_en : permit.kind)
        .with("kind_zh", kind ? kind->name_zh : permit.kind)
        .with("substance", substance.name_en)
        .with("substance_zh", substance.name_zh)
        .with("kinds", rules.kinds_for(use.purpose, substance));
  }
  if (!has_code(permit.substances, substance.code))
    return about("permit-wrong-substance", permit.no, use)
        .with("substance", substance.name_en)
        .with("substance_zh", substance.name_zh);
  return Accepted{};
}

/// True if both name somebody and they differ.
bool differs(std::string_view on_paper, std::string_view in_fact) {
  return !on_paper.empty() && !in_fact.empty() && on_paper != in_fact;
}

bool lies_outside(std::string_view region, std::string_view on_paper) {
  return !on_paper.empty() && !region.empty() && !RulePack::lies_in(region, on_paper);
}

Check check_names(const Permit& permit, const PaperUse& use) {
  if (differs(permit.supplier, use.supplier))
    return about("wrong-supplier", permit.no, use).with("named", permit.supplier);
  if (differs(permit.consignee, use.consignee))
    return about("wrong-consignee", permit.no, use).with("named", permit.consignee);
  if (differs(permit.carrier, use.carrier)) return about("wrong-carrier", permit.no, use).with("named", permit.carrier);
  if (lies_outside(use.from_region, permit.origin))
    return about("wrong-origin", permit.no, use).with("named", permit.origin);
  if (lies_outside(use.to_region, permit.destination))
    return about("wrong-destination", permit.no, use).with("named", permit.destination);
  return Accepted{};
}

std::string_view rule_of(PermitStatus status) {
  switch (status) {
    case PermitStatus::used_up:
      return "permit-used";
    case PermitStatus::expired:
      return "permit-expired";
    case PermitStatus::revoked:
      return "permit-revoked";
    case PermitStatus::closed:
      return "permit-closed";
    case PermitStatus::suspended:
      return "permit-suspended";
    case PermitStatus::lost:
      return "permit-lost";
    case PermitStatus::issued:
      break;
  }
  return {};
}

}  // namespace

void want_paper(const Facts& known, std::string_view no, FactKeys& keys) {
  if (no.empty()) return;
  const Permit* permit = ask<Permit>(known, keys, no);
  if (!permit) return;
  keys.want<Obligation>("write-off:permit:" + permit->no);
  each_code(permit->substances, [&](std::string_view substance) {
    keys.want<Balance>(permit_account(no), substance, "");
    keys.want<Balance>(held_account(no), substance, "");
    keys.want<Balance>(used_account(no), substance, "");
  });
}

Check check_in_force(const Permit& permit, const PaperUse& use) {
  if (const auto rule = rule_of(permit.status); !rule.empty())
    return about(rule, permit.no, use).with("valid_to", permit.valid_to.str());
  if (use.act_day < permit.valid_from)
    return about("permit-not-yet-valid", permit.no, use).with("valid_from", permit.valid_from.str());
  if (permit.valid_to < use.today)
    return about("permit-expired", permit.no, use).with("valid_to", permit.valid_to.str());
  return Accepted{};
}

Result<const Permit*> check_paper(const Facts& facts, const RulePack& rules, std::string_view no,
                                  const Substance& substance, const PaperUse& use) {
  const Permit* permit = facts.find<Permit>(no);
  if (!permit) return about("unknown-permit", no, use);
  if (permit->holder != use.holder) return about("permit-not-held", no, use).with("party", std::string(use.holder));
  TRY(check_kind(rules, *permit, substance, use));
  TRY(check_in_force(*permit, use));
  TRY(check_names(*permit, use));
  return permit;
}

}  // namespace registry
