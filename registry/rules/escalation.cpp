#include "registry/rules/escalation.h"

#include <algorithm>

#include "registry/rules/civil_period.h"

namespace registry {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
/// A duty that nobody has done for so long is counted no further.
constexpr int kPeriodsMax = 600;

UtcTime begins(const EscalationStep& step, UtcTime due) { return due.plus_ms(step.from_days * kDayMs); }

const EscalationStep* step_at(const EscalationLadder& ladder, UtcTime due, UtcTime now) {
  const EscalationStep* at = &ladder.steps.front();
  for (const EscalationStep& step : ladder.steps)
    if (begins(step, due) <= now) at = &step;
  return at;
}

const RecurringRule* recurring_of(const RulePack& rules, std::string_view kind) {
  for (const RecurringRule& rule : rules.duties().recurring)
    if (rule.kind == kind) return &rule;
  return nullptr;
}

std::int64_t periods_due(const RulePack& rules, const Obligation& obligation, UtcTime now) {
  if (obligation.due > now) return 0;
  const RecurringRule* rule = recurring_of(rules, obligation.kind);
  auto period = CivilPeriod::parse(std::string_view(obligation.subject).substr(obligation.subject.rfind(':') + 1));
  if (!rule || !period) return 1;
  const Deadline& deadline = rules.deadline(rule->deadline);
  std::int64_t n = 0;
  for (; n < kPeriodsMax && rules.due(deadline, period->first) <= now; ++n) period = period->next();
  return n;
}

bool names(const EscalationStep& step, std::string_view viewer) {
  return std::find(step.seen_by.begin(), step.seen_by.end(), viewer) != step.seen_by.end();
}

}  // namespace

Standing standing_of(const RulePack& rules, const Obligation& obligation, UtcTime now) {
  if (obligation.closed != kNone) return {};
  Standing out;
  if (const EscalationLadder* ladder = rules.duties().ladder(obligation.kind))
    out.step = step_at(*ladder, obligation.due, now);
  if (now >= obligation.due) out.days_late = (now.ms - obligation.due.ms) / kDayMs;
  out.periods_due = periods_due(rules, obligation, now);
  return out;
}

std::vector<Sight> sights_of(const RulePack& rules, std::string_view viewer, UtcTime now) {
  std::vector<Sight> out;
  std::vector<std::string> before;
  for (const EscalationLadder& ladder : rules.duties().ladders) {
    const auto first = std::find_if(ladder.steps.begin(), ladder.steps.end(),
                                    [&](const EscalationStep& step) { return names(step, viewer); });
    if (first != ladder.steps.end())
      out.push_back({ladder.kinds, ladder.kinds.empty() ? before : std::vector<std::string>{},
                     now.plus_ms(-first->from_days * kDayMs + 1)});
    before.insert(before.end(), ladder.kinds.begin(), ladder.kinds.end());
  }
  return out;
}

}  // namespace registry
