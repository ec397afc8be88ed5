#include "registry/steps/permit_duties.h"

#include <algorithm>

#include "registry/steps/code_list.h"
#include "registry/steps/obligations.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

constexpr std::string_view kRenew = "renew";

std::string about(const Permit& permit) { return "permit:" + permit.no; }

/// Papers of one kind for the same substances follow each other.
std::string line_of(const AskedPaper& paper) {
  return std::string(paper.holder) + ":" + std::string(paper.kind) + ":" + std::string(paper.substances);
}

/// True if the duty is to renew a paper of this kind, and all its substances are in this one.
bool is_renewed_by(const Duty& duty, const AskedPaper& paper) {
  const std::string prefix = obligation_id(kRenew, std::string(paper.holder) + ":" + std::string(paper.kind) + ":");
  if (!duty.id.starts_with(prefix)) return false;
  bool all = true;
  each_code(std::string_view(duty.id).substr(prefix.size()),
            [&](std::string_view substance) { all = all && has_code(paper.substances, substance); });
  return all;
}

void put_duty(const Facts& facts, const Duty* before, Duty duty, Obligation open, Outcome& out) {
  if (!before) {
    out.put(std::move(duty));
  } else {
    close_obligation(facts, before->obligation, duty.opened, out);
    out.update(*before, std::move(duty));
  }
  out.put(std::move(open));
}

void open_from_expiry(const Facts& facts, const StepContext& context, const RulePack& rules, const PermitDuty& rule,
                      const Permit& permit, Outcome& out) {
  const UtcTime due = rules.due(rules.deadline(rule.deadline), permit.valid_to);
  Obligation open = make_obligation(rule.kind, about(permit), permit.holder, due, context.index);
  open.rule = rule.deadline;
  const std::string subject =
      rule.kind == kRenew ? line_of({permit.holder, permit.kind, permit.substances}) : permit.no;
  Duty duty{obligation_id(rule.kind, subject), permit.holder, rule.kind, open.id, context.index, kNone};
  put_duty(facts, find_duty(facts, permit.holder, rule.kind, subject), std::move(duty), std::move(open), out);
}

/// Others have to know of the paper: its issuer tells them.
void open_of_issuer(const StepContext& context, const RulePack& rules, const PermitDuty& rule, const Permit& permit,
                    Outcome& out) {
  const UtcTime due = rules.due(rules.deadline(rule.deadline), local_date(context.rtime));
  Obligation open = make_obligation(rule.kind, about(permit), permit.issuer, due, context.index);
  open.rule = rule.deadline;
  out.put(std::move(open));
}

/// The renewals of narrower papers of the kind, which this one takes the place of. Of its own line open_from_expiry
/// has taken care.
void end_narrower(const Facts& facts, const Permit& permit, std::int64_t index, Outcome& out) {
  const AskedPaper paper{permit.holder, permit.kind, permit.substances};
  for (const Duty* duty : open_duties(facts, permit.holder))
    if (duty->id != obligation_id(kRenew, line_of(paper)) && is_renewed_by(*duty, paper))
      end_duty(facts, *duty, index, out);
}

void end_filing(const Facts& facts, const StepContext& context, const RulePack& rules, PermitPurpose purpose,
                const Permit& permit, Outcome& out) {
  each_code(permit.substances, [&](std::string_view code) {
    const Substance* substance = rules.substance(code);
    const FilingTime* filing = substance ? rules.duties().filing(purpose, *substance) : nullptr;
    if (!filing) return;
    const std::string subject = permit.holder + ":" + std::string(code);
    const Duty* duty = find_duty(facts, permit.holder, filing->kind, subject);
    // Who has filed once does not begin a second time, whatever becomes of the paper.
    if (!duty)
      out.put(
          Duty{obligation_id(filing->kind, subject), permit.holder, filing->kind, {}, context.index, context.index});
    else if (duty->closed == kNone)
      end_duty(facts, *duty, context.index, out);
  });
}

/// 87-25: at the end of the quarter the city of origin tells the city of destination what it permitted.
void open_feedback(const Facts& facts, const StepContext& context, const RulePack& rules, const FeedbackRule& rule,
                   const Permit& permit, Outcome& out) {
  if (permit.origin.size() < 4 || permit.destination.size() < 4) return;
  const std::string from = permit.origin.substr(0, 4), to = permit.destination.substr(0, 4);
  if (from == to) return;
  const CivilPeriod period = CivilPeriod::of(rule.period, local_date(context.rtime));
  const std::string subject = context.party + ":" + period.str() + ":" + to + "00";
  if (find_duty(facts, context.party, rule.kind, subject)) return;
  open_once(context, rule.kind, subject, context.party, rules.due(rules.deadline(rule.deadline), period.first), subject,
            out);
}

std::string subject_of(const FirstAct& act) { return std::string(act.party) + ":" + act.substance.code; }

/// An empty list asks nothing.
bool is_of_kind(std::string_view kinds, const std::vector<std::string>& wanted) {
  return wanted.empty() ||
         std::any_of(wanted.begin(), wanted.end(), [&](const std::string& kind) { return has_code(kinds, kind); });
}

}  // namespace

void want_permit_duties(const Facts& known, std::string_view holder, std::string_view agency, FactKeys& keys) {
  want_duties(known, holder, keys);
  want_duties(known, agency, keys);
}

void open_permit_duties(const Facts& facts, const StepContext& context, const RulePack& rules, const Permit& permit,
                        Outcome& out) {
  for (const PermitDuty& rule : rules.duties().permits) {
    if (rule.from_arrival || !rule.scope.names_permit(permit.kind)) continue;
    if (rule.of_issuer)
      open_of_issuer(context, rules, rule, permit, out);
    else
      open_from_expiry(facts, context, rules, rule, permit, out);
  }
  end_narrower(facts, permit, context.index, out);
  start_for_permit(facts, context, rules, permit.holder, permit.kind, out);
  if (const PermitKind* kind = rules.permit_kind(permit.kind))
    end_filing(facts, context, rules, kind->purpose, permit, out);
  for (const FeedbackRule& rule : rules.duties().feedback)
    if (rule.scope.names_permit(permit.kind)) open_feedback(facts, context, rules, rule, permit, out);
}

void close_permit_duties(const Facts& facts, const Permit& permit, std::int64_t index, Outcome& out) {
  for (const Duty* duty : open_duties(facts, permit.holder))
    if (duty->kind == kRenew && duty->obligation == obligation_id(kRenew, about(permit)))
      end_duty(facts, *duty, index, out);
}

void close_renewals(const Facts& facts, const AskedPaper& asked, std::int64_t index, Outcome& out) {
  for (const Duty* duty : open_duties(facts, asked.holder))
    if (is_renewed_by(*duty, asked)) close_obligation(facts, duty->obligation, index, out);
}

void want_filing(const RulePack& rules, std::string_view party, PermitPurpose purpose, std::string_view substance,
                 FactKeys& keys) {
  const auto listings = listings_of(rules, substance);
  for (const FilingTime& filing : rules.duties().filings) {
    if (filing.purpose != purpose || !takes_in_any(filing.scope, listings)) continue;
    const std::string id = obligation_id(filing.kind, std::string(party) + ":" + std::string(substance));
    keys.want<Duty>(id);
    keys.want<Obligation>(id);
  }
}

bool is_filing(const Facts& facts, const RulePack& rules, const FirstAct& act) {
  const FilingTime* filing = rules.duties().filing(act.purpose, act.substance);
  const Duty* duty = filing ? find_duty(facts, act.party, filing->kind, subject_of(act)) : nullptr;
  const Obligation* open = duty && duty->closed == kNone ? open_obligation_of(facts, *duty) : nullptr;
  return open && end_of(act.day) <= open->due;
}

bool has_time_to_file(const Facts& facts, const StepContext& context, const RulePack& rules, const FirstAct& act,
                      Outcome& out) {
  const FilingTime* filing = rules.duties().filing(act.purpose, act.substance);
  if (!filing || !is_of_kind(act.kinds, filing->scope.party_kinds)) return false;
  const std::string subject = subject_of(act);
  if (find_duty(facts, act.party, filing->kind, subject)) return is_filing(facts, rules, act);
  const UtcTime due = rules.due(rules.deadline(filing->deadline), act.day);
  open_once(context, filing->kind, subject, act.party, due, subject, out);
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
