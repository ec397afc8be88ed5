#include "registry/steps/recurring.h"

#include <algorithm>

#include "registry/steps/code_list.h"
#include "registry/steps/obligations.h"

namespace registry {
namespace {

/// Reports that were filed ahead of an older one; more than this at once is no calendar.
constexpr int kPeriodsAheadMax = 60;

std::vector<const Duty*> duties_of(const Facts& facts, std::string_view party) {
  return facts.list<Duty>("party", party, [&](const Duty& duty) { return duty.party == party; });
}

Obligation period_obligation(const StepContext& context, const RulePack& rules, const RecurringRule& rule,
                             std::string_view party, std::string_view subject, const CivilPeriod& period) {
  const std::string about = std::string(subject) + ":" + period.str();
  return make_obligation(rule.kind, about, party, rules.due(rules.deadline(rule.deadline), period.first),
                         context.index);
}

/// Entries of one outcome must not open one duty twice: two rules may have one kind.
bool is_in(const Outcome& out, const std::string& id) {
  const auto& changes = out.changes<Duty>();
  return std::any_of(changes.begin(), changes.end(), [&](const auto& change) { return change.after.id == id; });
}

bool shares_a_kind(const std::vector<std::string>& kinds, std::string_view list) {
  return std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) { return has_code(list, kind); });
}

bool is_meant(const RecurringRule& rule, const Party& party) {
  if (shares_a_kind(rule.scope.party_kinds, party.kinds)) return true;
  const std::string agency = party.agency_role + " " + party.agency_level;
  return std::find(rule.agencies.begin(), rule.agencies.end(), agency) != rule.agencies.end();
}

}  // namespace

void want_duties(const Facts& known, std::string_view party, FactKeys& keys) {
  keys.want_list<Duty>("party", party);
  if (!known.knows_list<Duty>("party", party)) return;
  for (const Duty* duty : duties_of(known, party)) keys.want<Obligation>(duty->obligation);
}

const Duty* find_duty(const Facts& facts, std::string_view party, std::string_view kind, std::string_view subject) {
  const std::string id = obligation_id(kind, subject);
  if (facts.knows<Duty>(id)) return facts.find<Duty>(id);
  ensure(facts.knows_list<Duty>("party", party), "the duties of the party were gathered");
  return nullptr;
}

std::vector<const Duty*> open_duties(const Facts& facts, std::string_view party) {
  auto duties = duties_of(facts, party);
  std::erase_if(duties, [](const Duty* duty) { return duty->closed != kNone; });
  return duties;
}

const Obligation* open_obligation_of(const Facts& facts, const Duty& duty) {
  const Obligation* open = facts.find<Obligation>(duty.obligation);
  return open && open->closed == kNone ? open : nullptr;
}

void start_recurring(const Facts& facts, const StepContext& context, const RulePack& rules, const RecurringRule& rule,
                     DutyStart start, Outcome& out) {
  const std::string id = obligation_id(rule.kind, start.subject);
  if (find_duty(facts, start.party, rule.kind, start.subject) || is_in(out, id)) return;
  Obligation first =
      period_obligation(context, rules, rule, start.party, start.subject, CivilPeriod::of(rule.period, start.day));
  out.put(Duty{id, std::string(start.party), rule.kind, first.id, context.index, kNone});
  out.put(std::move(first));
}

std::vector<const Substance*> listings_of(const RulePack& rules, std::string_view code) {
  std::vector<const Substance*> out;
  for (const Substance& each : rules.substances())
    if (each.code == code) out.push_back(&each);
  return out;
}

bool takes_in_any(const Scope& scope, const std::vector<const Substance*>& listings) {
  return std::any_of(listings.begin(), listings.end(), [&](const Substance* each) { return scope.takes_in(*each); });
}

void want_goods_duties(const RulePack& rules, std::string_view substance, std::string_view party, std::string_view site,
                       FactKeys& keys) {
  const auto listings = listings_of(rules, substance);
  for (const RecurringRule& rule : rules.duties().recurring)
    if (takes_in_any(rule.scope, listings)) keys.want<Duty>(obligation_id(rule.kind, rule.per_site ? site : party));
}

void start_for_goods(const Facts& facts, const StepContext& context, const RulePack& rules, const Substance& substance,
                     std::string_view party, std::string_view site, Outcome& out) {
  const Date today = local_date(context.rtime);
  for (const RecurringRule& rule : rules.duties().recurring)
    if (rule.scope.takes_in(substance))
      start_recurring(facts, context, rules, rule, {party, rule.per_site ? site : party, today}, out);
}

void start_for_party(const Facts& facts, const StepContext& context, const RulePack& rules, const Party& party,
                     Outcome& out) {
  for (const RecurringRule& rule : rules.duties().recurring)
    if (is_meant(rule, party))
      start_recurring(facts, context, rules, rule, {party.id, party.id, local_date(context.rtime)}, out);
}

void start_for_permit(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view holder,
                      std::string_view kind, Outcome& out) {
  for (const RecurringRule& rule : rules.duties().recurring)
    if (rule.scope.names_permit(kind))
      start_recurring(facts, context, rules, rule, {holder, holder, local_date(context.rtime)}, out);
}

void open_once(const StepContext& context, std::string_view kind, std::string_view subject, std::string_view party,
               UtcTime due, std::string_view about, Outcome& out) {
  Obligation open = make_obligation(kind, subject, party, due, context.index);
  out.put(Duty{open.id, std::string(party), std::string(kind), open.id, context.index, kNone});
  open.subject = about;
  out.put(std::move(open));
}

void end_duty(const Facts& facts, const Duty& duty, std::int64_t index, Outcome& out) {
  Duty ended = duty;
  ended.closed = index;
  out.update(duty, std::move(ended));
  close_obligation(facts, duty.obligation, index, out);
}

std::optional<CivilPeriod> open_period(const Facts& facts, const Duty& duty) {
  const Obligation* open = open_obligation_of(facts, duty);
  if (!open) return {};
  return CivilPeriod::parse(open->subject.substr(open->subject.rfind(':') + 1));
}

void close_period(const Facts& facts, const StepContext& context, const RulePack& rules, const RecurringRule& rule,
                  const Duty& duty, const std::function<bool(const CivilPeriod&)>& is_done, Outcome& out) {
  const auto period = open_period(facts, duty);
  if (!period) return;
  CivilPeriod next = period->next();
  for (int n = 0; n < kPeriodsAheadMax && is_done(next); ++n) next = next.next();
  const std::string subject = duty.id.substr(rule.kind.size() + 1);
  Obligation open = period_obligation(context, rules, rule, duty.party, subject, next);
  Duty after = duty;
  after.obligation = open.id;
  close_obligation(facts, duty.obligation, context.index, out);
  out.update(duty, std::move(after));
  out.put(std::move(open));
}

const RecurringRule* recurring_rule(const RulePack& rules, std::string_view kind) {
  for (const RecurringRule& rule : rules.duties().recurring)
    if (rule.kind == kind) return &rule;
  return nullptr;
}

}  // namespace registry
