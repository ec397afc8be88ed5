#include "registry/steps/acts.h"

#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"

namespace registry {

Result<const Party*> check_partner(const Facts& facts, std::string_view id, std::string_view pointer) {
  const Party* party = TRY(check_party(facts, id, std::string(pointer)));
  if (party->status == PartyStatus::verified) return party;
  return refuse("partner-not-verified").with("party", party->id).at(std::string(pointer));
}

void open_obligation(Outcome& out, const RulePack& rules, const StepContext& context, std::string_view kind,
                     std::string_view subject, std::string_view party) {
  const Deadline* deadline = rules.find_deadline(kind);
  if (!deadline) return;
  const UtcTime due = rules.due(*deadline, local_date(context.rtime));
  out.put(make_obligation(kind, subject, party, due, context.index));
}

Check check_not_future(Date day, const StepContext& context, std::string_view pointer) {
  const Date today = local_date(context.rtime);
  if (day <= today) return Accepted{};
  return refuse("day-in-future").with("day", day.str()).with("today", today.str()).at(std::string(pointer));
}

}  // namespace registry
