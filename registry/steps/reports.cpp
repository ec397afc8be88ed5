#include "registry/steps/reports.h"

#include "registry/rules/losing.h"
#include "registry/steps/case_file.h"
#include "registry/steps/findings.h"
#include "registry/steps/obligations.h"

namespace registry {
namespace {

void open_duties(Outcome& out, const StepContext& context, const RulePack& rules, const LossNotice& loss) {
  const Date today = local_date(context.rtime);
  for (const ReportDuty* duty : rules.losing().duties_for(*loss.substance, loss.holder->kinds, today)) {
    Deadline at_once;
    at_once.days = duty->days;
    // On no agency by name: any of that role that answers for the county may act.
    Obligation row =
        make_obligation(duty->obligation, finding_subject(loss.finding), "", rules.due(at_once, today), context.index);
    row.rule = duty->rule;
    row.region = loss.holder->region;
    out.put(std::move(row));
  }
}

/// 445-40(5): more grave where the amount is a crime.
Finding lateness(const RulePack& rules, const LossNotice& loss) {
  Finding late = make_finding("late-loss-report", loss.holder->id, finding_subject(loss.finding), rules);
  const auto threshold = rules.criminal_threshold(*loss.substance);
  if (threshold && rules.losing().grade_of(*threshold, loss.amount, false))
    late.severity = rules.losing().severity_of("late-loss-report-serious");
  late.substance = loss.substance->code;
  return late;
}

}  // namespace

void tell_authorities(Outcome& out, const StepContext& context, const RulePack& rules, const LossNotice& loss) {
  open_duties(out, context, rules, loss);
  const Deadline* at_once = rules.find_deadline("445-34");
  if (at_once && rules.due(*at_once, local_date(loss.discovered)) < context.rtime)
    add_finding(out, context, lateness(rules, loss));
}

}  // namespace registry
