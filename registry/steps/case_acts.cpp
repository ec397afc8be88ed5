#include "registry/steps/case_acts.h"

#include "registry/rules/losing.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"

namespace registry {
namespace {

/// Obligations on the role, or on all roles, each once.
std::set<std::string> duty_kinds(const RulePack& rules, std::string_view role) {
  std::set<std::string> kinds;
  for (const ReportDuty& duty : rules.losing().report_duties())
    if (role.empty() || duty.role == role) kinds.insert(duty.obligation);
  return kinds;
}

}  // namespace

void want_case(const Facts& known, const RulePack& rules, std::string_view finding, FactKeys& keys) {
  for (const std::string& kind : duty_kinds(rules, {}))
    keys.want<Obligation>(obligation_id(kind, finding_subject(finding)));
  const auto* row = ask<Finding>(known, keys, finding);
  if (row && !row->party.empty()) keys.want<Party>(row->party);
}

std::string case_region(const Facts& facts, const Finding& finding) {
  const Party* unit = finding.party.empty() ? nullptr : facts.find<Party>(finding.party);
  return unit ? unit->region : std::string();
}

Check check_case_agency(const Facts& facts, const Party& agency, const Finding& finding) {
  if (finding.party == agency.id) return refuse("own-finding").with("finding", finding.id).at("/finding");
  const std::string region = case_region(facts, finding);
  if (region.empty()) return Accepted{};
  return check_covers(agency, region, "/finding");
}

Check check_grave(const StepContext& context, const Finding& finding) {
  if (finding.severity != Severity::critical) return Accepted{};
  return check_second_signature(context, context.party);
}

void close_notices(const Facts& facts, const RulePack& rules, const Party& agency, std::string_view finding, bool all,
                   std::int64_t index, Outcome& out) {
  for (const std::string& kind : duty_kinds(rules, all ? std::string_view() : agency.agency_role))
    close_obligation(facts, obligation_id(kind, finding_subject(finding)), index, out);
}

}  // namespace registry
