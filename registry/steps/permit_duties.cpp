#include "registry/steps/permit_duties.h"

#include "registry/steps/code_list.h"
#include "registry/steps/obligations.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

constexpr std::string_view kRenew = "renew", kFiling = "start-production", kFeedback = "quarter-feedback";

/// Papers of one kind for the same substances follow each other.
std::string line_of(const Permit& permit) { return permit.holder + ":" + permit.kind + ":" + permit.substances; }

void open_from_expiry(const Facts& facts, const StepContext& context, const RulePack& rules, const PermitDuty& rule,
                      const Permit& permit, Outcome& out) {
  const UtcTime due = rules.due(rules.deadline(rule.deadline), permit.valid_to);
  Obligation open = make_obligation(rule.kind, "permit:" + permit.no, permit.holder, due, context.index);
  const std::string subject = rule.kind == kRenew ? line_of(permit) : permit.no;
  const Duty* before = find_duty(facts, permit.holder, rule.kind, subject);
  Duty duty{obligation_id(rule.kind, subject), permit.holder, rule.kind, open.id, context.index, kNone};
  if (before) {
    close_obligation(facts, before->obligation, context.index, out);
    out.update(*before, std::move(duty));
  } else {
    out.put(std::move(duty));
  }
  out.put(std::move(open));
}

void end_filing(const Facts& facts, const StepContext& context, const Permit& permit, Outcome& out) {
  each_code(permit.substances, [&](std::string_view substance) {
    const Duty* duty = find_duty(facts, permit.holder, kFiling, permit.holder + ":" + std::string(substance));
    if (duty && duty->closed == kNone) end_duty(facts, *duty, context.index, out);
  });
}

/// 87-25: at the end of the quarter the city of origin tells the city of destination what it permitted.
void open_feedback(const Facts& facts, const StepContext& context, const RulePack& rules, const Permit& permit,
                   Outcome& out) {
  if (permit.origin.size() < 4 || permit.destination.size() < 4) return;
  const std::string from = permit.origin.substr(0, 4), to = permit.destination.substr(0, 4);
  if (from == to) return;
  const CivilPeriod quarter = CivilPeriod::of(Period::quarter, local_date(context.rtime));
  const std::string subject = context.party + ":" + quarter.str() + ":" + to + "00";
  if (find_duty(facts, context.party, kFeedback, subject)) return;
  open_once(context, kFeedback, subject, context.party, rules.due(rules.deadline("87-25"), quarter.first), subject,
            out);
}

}  // namespace

void want_permit_duties(const Facts& known, std::string_view holder, std::string_view agency, FactKeys& keys) {
  want_duties(known, holder, keys);
  want_duties(known, agency, keys);
}

void open_permit_duties(const Facts& facts, const StepContext& context, const RulePack& rules, const Permit& permit,
                        Outcome& out) {
  for (const PermitDuty& rule : rules.duties().permits)
    if (!rule.from_arrival && rule.scope.names_permit(permit.kind))
      open_from_expiry(facts, context, rules, rule, permit, out);
  start_for_permit(facts, context, rules, permit.holder, permit.kind, out);
  const PermitKind* kind = rules.permit_kind(permit.kind);
  if (kind && kind->purpose == PermitPurpose::produce) end_filing(facts, context, permit, out);
  if (kind && kind->purpose == PermitPurpose::transport) open_feedback(facts, context, rules, permit, out);
}

void close_permit_duties(const Facts& facts, const Permit& permit, std::int64_t index, Outcome& out) {
  const std::string about = "permit:" + permit.no;
  for (const Duty* duty : open_duties(facts, permit.holder)) {
    const Obligation* open = open_obligation_of(facts, *duty);
    if (open && open->subject == about) end_duty(facts, *duty, index, out);
  }
}

bool has_time_to_file(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view party,
                      const Substance& substance, Date day, Outcome& out) {
  if (substance.cls != "2" && substance.cls != "3") return false;
  const std::string subject = std::string(party) + ":" + substance.code;
  if (const Duty* duty = find_duty(facts, party, kFiling, subject)) {
    const Obligation* open = duty->closed == kNone ? open_obligation_of(facts, *duty) : nullptr;
    return open && end_of(day) <= open->due;
  }
  open_once(context, kFiling, subject, party, rules.due(rules.deadline("445-13-a"), day), subject, out);
  return true;
}

void open_arrival_duties(const StepContext& context, const RulePack& rules, const Permit& permit,
                         std::string_view consignment, std::string_view receiver, Outcome& out) {
  for (const PermitDuty& rule : rules.duties().permits) {
    if (!rule.from_arrival || !rule.scope.names_permit(permit.kind)) continue;
    const UtcTime due = rules.due(rules.deadline(rule.deadline), local_date(context.rtime));
    out.put(make_obligation(rule.kind, "consignment:" + std::string(consignment), receiver, due, context.index));
  }
}

}  // namespace registry
