#include "registry/steps/exemption.h"

#include <algorithm>
#include <string>

#include "registry/steps/code_list.h"

namespace registry {
namespace {

Refusal not_applicable(const ExemptionUse& use, std::string_view why, std::string_view why_zh) {
  return refuse("exemption-not-applicable")
      .with("exemption", std::string(use.id))
      .with("why", std::string(why))
      .with("why_zh", std::string(why_zh))
      .at("/exemption");
}

bool is_for(const Exemption& exemption, const Party& party) {
  const auto& kinds = exemption.holder_kinds;
  return kinds.empty() ||
         std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) { return has_code(party.kinds, kind); });
}

/// Of a case without any condition (goods inside one city, a patient's own medicine) the registry cannot see that it is
/// the case; where borders are crossed it sees by itself.
bool has_condition(const Exemption& exemption) {
  return !exemption.holder_kinds.empty() || !exemption.instead.empty() || exemption.once_max > 0;
}

/// Most doses at one time in this form; nothing where the exemption is not written for the form.
std::optional<std::int64_t> doses_max(const Exemption& exemption, std::string_view form) {
  if (exemption.forms.empty()) return 0;
  for (const auto& [name, most] : exemption.forms)
    if (name == form) return most;
  return {};
}

Check check_form(const Exemption& exemption, const ExemptionUse& use) {
  const auto most = doses_max(exemption, use.form);
  if (!most) return not_applicable(use, "it is for goods in another form", "该豁免不适用于此剂型");
  if (*most > 0 && (use.doses == 0 || use.doses > *most))
    return not_applicable(use, "the most at one time is " + std::to_string(*most) + " doses, which the sale must state",
                          "单次上限为 " + std::to_string(*most) + " 片（支），须在销售记录中写明");
  return Accepted{};
}

bool stands_in(const Facts& facts, const Exemption& exemption, const ExemptionUse& use) {
  if (exemption.instead.empty()) return true;
  const Permit* paper = use.paper.empty() ? nullptr : facts.find<Permit>(use.paper);
  return paper && paper->kind == exemption.instead && paper->holder == use.party.id &&
         paper->status == PermitStatus::issued && paper->valid_from <= use.act_day && use.today <= paper->valid_to;
}

}  // namespace

Check check_exemption(const Facts& facts, const RulePack& rules, const Substance& substance, const ExemptionUse& use) {
  const Exemption* exemption = rules.exemption(use.id);
  if (!exemption || !rules.covers(*exemption, use.waives, substance))
    return not_applicable(use, "it is not written for this act and substance", "该豁免不适用于此行为和品种");
  if (!has_condition(*exemption))
    return not_applicable(use, "it is not one that a unit can claim", "该豁免不能由单位自行主张");
  if (use.act_day < exemption->valid_from || exemption->valid_to < use.act_day)
    return not_applicable(use, "it is not in force on the day of the act", "行为发生之日该豁免不在有效期内");
  if (!is_for(*exemption, use.party))
    return not_applicable(use, "it is for another kind of unit", "该豁免不适用于此类单位");
  TRY(check_form(*exemption, use));
  if (exemption->once_max > 0 && use.amount > exemption->once_max)
    return not_applicable(use, "the most at one time is " + format_amount(exemption->once_max, substance.unit),
                          "单次上限为 " + format_amount(exemption->once_max, substance.unit));
  if (use.waives == PermitPurpose::purchase && exemption->instead.empty() && !use.paper.empty())
    return not_applicable(use, "no paper goes with it; leave the permit out", "该豁免无需证件，请勿填写 permit");
  if (!stands_in(facts, *exemption, use))
    return not_applicable(use, "the paper " + exemption->instead + " must be named, held by the unit and in force",
                          "须填写该单位持有且有效的 " + exemption->instead);
  return Accepted{};
}

}  // namespace registry
