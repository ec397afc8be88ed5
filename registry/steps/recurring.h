#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/civil_period.h"
#include "registry/rules/duties.h"
#include "registry/steps/step.h"

// Duties that come back each month, quarter or year. A duty is opened by the first act that shows a party to be in that
// business; closing the obligation of one period opens that of the next, due when the law says and not when it was
// filed. So everything stays a fold of outcomes, no period is left out, and no job has to run.
namespace registry {

/// Asks for all duties of a party and for the obligations they point to.
void want_duties(const Facts& known, std::string_view party, FactKeys& keys);
/// "<kind>:<subject>"; null when there is none. Needs want_duties of the party, or that one Duty.
const Duty* find_duty(const Facts& facts, std::string_view party, std::string_view kind, std::string_view subject);
/// The open duties of a party, in the order of their ids.
std::vector<const Duty*> open_duties(const Facts& facts, std::string_view party);
/// The obligation a duty points to, if it is open.
const Obligation* open_obligation_of(const Facts& facts, const Duty& duty);

/// Whose duty begins, about what, on which day.
struct DutyStart {
  std::string_view party, subject;
  Date day;
};
/// Opens the duty with the period that the day lies in, unless it is there already.
void start_recurring(const Facts& facts, const StepContext& context, const RulePack& rules, const RecurringRule& rule,
                     DutyStart start, Outcome& out);
/// All listings of a code, one for each class it was ever in. A step that is read before the day of its decision is
/// known asks for what any of them may need.
std::vector<const Substance*> listings_of(const RulePack& rules, std::string_view code);
bool takes_in_any(const Scope& scope, const std::vector<const Substance*>& listings);

/// Asks for the duties that goods of the substance at a site bring with them, each by its id: goods move often.
void want_goods_duties(const RulePack& rules, std::string_view substance, std::string_view party, std::string_view site,
                       FactKeys& keys);
/// Opens all duties that goods of the substance at a site bring with them, those of sites and of the party, with the
/// period that runs. Needs want_goods_duties or want_duties.
void start_for_goods(const Facts& facts, const StepContext& context, const RulePack& rules, const Substance& substance,
                     std::string_view party, std::string_view site, Outcome& out);
/// Those of a unit of these kinds, at its verification.
void start_for_party(const Facts& facts, const StepContext& context, const RulePack& rules, const Party& party,
                     Outcome& out);
/// Those that a paper of this kind brings with it.
void start_for_permit(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view holder,
                      std::string_view kind, Outcome& out);

/// A duty that an obligation of its own stands for, once: it is found again by its id.
void open_once(const StepContext& context, std::string_view kind, std::string_view subject, std::string_view party,
               UtcTime due, std::string_view about, Outcome& out);
/// Ends a duty and its obligation.
void end_duty(const Facts& facts, const Duty& duty, std::int64_t index, Outcome& out);

/// The period that the open obligation of a recurring duty is about.
std::optional<CivilPeriod> open_period(const Facts& facts, const Duty& duty);
/// Closes that period and opens the next one that is not done.
void close_period(const Facts& facts, const StepContext& context, const RulePack& rules, const RecurringRule& rule,
                  const Duty& duty, const std::function<bool(const CivilPeriod&)>& is_done, Outcome& out);
/// The rule of a recurring duty of this kind; null when it does not come back.
const RecurringRule* recurring_rule(const RulePack& rules, std::string_view kind);

}  // namespace registry
