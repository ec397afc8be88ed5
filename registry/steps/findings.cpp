#include "registry/steps/findings.h"

#include <algorithm>
#include <utility>

#include "registry/rules/goods.h"
#include "registry/rules/losing.h"

namespace registry {

namespace {

/// What measuring an amount leaves uncertain. An instrument explains no more than the pack lets any instrument explain.
std::int64_t uncertainty_of(const RulePack& rules, const Substance& substance, std::int64_t amount, Measuring how) {
  if (how.piece > 0) return 0;
  if (how.instrument == kNone) return ppm_of(amount, rules.tolerance_ppm(substance));
  return std::min(how.instrument, ppm_of(amount, rules.goods().instrument_ppm_max.value));
}

}  // namespace

Deviation compare(const RulePack& rules, const Substance& substance, std::int64_t expected, std::int64_t measured,
                  Measuring how) {
  const std::int64_t missing = expected - measured;
  const std::int64_t tolerance = uncertainty_of(rules, substance, expected, how);
  const std::int64_t uncertainty = tolerance + uncertainty_of(rules, substance, measured, how);
  return {missing, missing - uncertainty, missing + uncertainty, missing > tolerance || -missing > tolerance};
}

Finding make_finding(std::string_view kind, std::string_view party, std::string subject, Severity severity) {
  Finding finding;
  finding.kind = finding.rule = kind;
  finding.party = party;
  finding.subject = std::move(subject);
  finding.severity = severity;
  return finding;
}

Finding make_finding(std::string_view kind, std::string_view party, std::string subject, const RulePack& rules) {
  return make_finding(kind, party, std::move(subject), rules.losing().severity_of(kind));
}

Finding make_finding(std::string_view kind, std::string_view party, std::string subject, const RulePack& rules,
                     const Substance& substance, std::string_view lot, const Deviation& deviation) {
  const Severity severity =
      deviation.missing > 0 ? rules.severity_of_loss(substance, deviation.missing) : Severity::medium;
  Finding finding = make_finding(kind, party, std::move(subject), severity);
  finding.substance = substance.code;
  finding.lot = lot;
  finding.lo = deviation.lo;
  finding.hi = deviation.hi;
  finding.missing = deviation.missing;
  return finding;
}

void set_custody(Finding& finding, Custody custody) {
  finding.from_index = custody.from;
  finding.to_index = custody.to;
  finding.custodian = std::move(custody.custodian);
  finding.vehicle = std::move(custody.vehicle);
  finding.seals = std::move(custody.seals);
}

std::string next_finding_id(const Outcome& out, const StepContext& context) {
  const auto& changes = out.changes<Finding>();
  const auto n = std::count_if(changes.begin(), changes.end(), [](const auto& change) { return !change.before; });
  return "F-" + std::to_string(context.index) + "-" + std::to_string(n + 1);
}

namespace {

/// A low one is no violation.
void note_conduct(Outcome& out, const StepContext& context, const Finding& finding) {
  if (finding.party.empty() || finding.severity == Severity::low) return;
  Conduct row{finding.party, finding.id, local_date(context.rtime)};
  for (auto& change : out.changes<Conduct>()) {
    if (change.after.party != row.party) continue;
    change.after = std::move(row);
    return;
  }
  out.put(std::move(row));
}

}  // namespace

void add_finding(Outcome& out, const StepContext& context, Finding finding) {
  finding.id = next_finding_id(out, context);
  finding.opened = context.index;
  note_conduct(out, context, finding);
  out.put(std::move(finding));
}

}  // namespace registry
