#include "registry/steps/border_papers.h"

#include "registry/steps/paper.h"
#include "registry/steps/quota.h"

namespace registry {
namespace {

constexpr std::size_t kZoneMax = 80;
constexpr std::string_view kHome = "CN";

PermitPurpose purpose_of(BorderDirection direction) {
  return direction == BorderDirection::export_goods ? PermitPurpose::export_goods : PermitPurpose::import_goods;
}

Refusal not_applicable(const BorderPapers& papers, std::string_view why, std::string_view why_zh) {
  return refuse("exemption-not-applicable")
      .with("exemption", papers.exemption)
      .with("why", std::string(why))
      .with("why_zh", std::string(why_zh))
      .at("/exemption");
}

Check check_bonded_zone(const RulePack& rules, const BorderPapers& papers, const BorderCrossing& crossing) {
  const Exemption* exemption = rules.exemption(papers.exemption);
  if (!exemption || !rules.covers(*exemption, purpose_of(crossing.direction), crossing.substance))
    return not_applicable(papers, "it is not written for this act and substance", "该豁免不适用于此行为和品种");
  if (crossing.act_day < exemption->valid_from || exemption->valid_to < crossing.act_day)
    return not_applicable(papers, "it is not in force on the day of the act", "行为发生之日该豁免不在有效期内");
  if (crossing.country != kHome)
    return not_applicable(papers, "it is for goods between the domestic area and a bonded zone; the country is CN",
                          "该豁免仅适用于境内与保税区之间，国家应为 CN");
  return Accepted{};
}

/// The first of the papers named that serves the rule; null when none does.
const Permit* find_companion(const Facts& facts, const RulePack& rules, const BorderPapers& papers,
                             const CompanionRule& rule, const BorderCrossing& crossing) {
  const PaperUse use{.purpose = PermitPurpose::accompany,
                     .holder = crossing.holder,
                     .act_day = crossing.act_day,
                     .today = crossing.today,
                     .pointer = "/companions"};
  for (const std::string& no : papers.companions) {
    const auto permit = check_paper(facts, rules, no, crossing.substance, use);
    if (permit && (*permit)->kind == rule.kind) return *permit;
  }
  return nullptr;
}

bool use(const Facts& facts, const Permit& permit, const BorderCrossing& crossing, const StepContext& context,
         Outcome& out) {
  Quota quota(facts, permit, out);
  if (!quota.check(crossing.substance, crossing.amount, "/companions")) return false;
  if (permit.uses == PermitUses::standing) return true;
  quota.use(crossing.substance.code, crossing.amount);
  quota.finish(Quota::Delivery::over, context.index);
  return true;
}

}  // namespace

BorderPapers read_border_papers(PayloadReader& in) {
  BorderPapers papers{in.optional_ids("companions"), in.optional_id("exemption"), in.optional_text("zone", kZoneMax)};
  if (papers.exemption.empty() != papers.zone.empty())
    in.fault("zone", papers.zone.empty() ? "required" : "not_wanted", "the bonded zone, with an exemption only");
  return papers;
}

void want_border_papers(const Facts& known, const BorderPapers& papers, FactKeys& keys) {
  for (const std::string& no : papers.companions) want_paper(known, no, keys);
}

Result<bool> asks_licence(const RulePack& rules, const BorderPapers& papers, const BorderCrossing& crossing) {
  if (!rules.needs_permit(purpose_of(crossing.direction), crossing.substance)) return false;
  if (papers.exemption.empty())
    return rules.border().needs_licence(crossing.substance, crossing.purity_ppm, crossing.act_day);
  TRY(check_bonded_zone(rules, papers, crossing));
  return false;
}

std::vector<const CompanionRule*> use_companions(const Facts& facts, const RulePack& rules, const BorderPapers& papers,
                                                 const BorderCrossing& crossing, const StepContext& context,
                                                 Outcome& out) {
  std::vector<const CompanionRule*> missing;
  for (const CompanionRule* rule :
       rules.border().companions_for(crossing.direction, crossing.substance, crossing.country, crossing.act_day)) {
    const Permit* permit = find_companion(facts, rules, papers, *rule, crossing);
    if (!permit || !use(facts, *permit, crossing, context, out)) missing.push_back(rule);
  }
  return missing;
}

}  // namespace registry
