#include "registry/steps/count_duties.h"

#include <algorithm>

#include "registry/steps/holdings.h"
#include "registry/steps/obligations.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

constexpr std::string_view kDemand = "count-demand", kAttendance = "attend-destruction";

/// Of the duties of a party those about this site.
std::vector<const Duty*> duties_of_site(const Facts& facts, std::string_view party, std::string_view site) {
  auto duties = open_duties(facts, party);
  std::erase_if(duties, [&](const Duty* duty) {
    const Obligation* open = open_obligation_of(facts, *duty);
    return !open || (duty->id != obligation_id(duty->kind, site) && open->subject != "site:" + std::string(site));
  });
  return duties;
}

bool names(const std::vector<std::string_view>& lots, std::string_view lot) {
  return std::find(lots.begin(), lots.end(), lot) != lots.end();
}

/// Whether goods of the substance are what a duty of this kind counts.
bool counts(const RulePack& rules, std::string_view kind, const Substance& substance) {
  if (kind == kDemand) return true;
  const auto& recurring = rules.duties().recurring;
  return std::any_of(recurring.begin(), recurring.end(), [&](const RecurringRule& rule) {
    return rule.kind == kind && rule.per_site && rule.scope.takes_in(substance);
  });
}

bool is_whole(const Facts& facts, const RulePack& rules, std::string_view kind, std::string_view site,
              const std::vector<std::string_view>& lots) {
  for (const Balance* balance : balances_at(facts, site)) {
    const Substance* substance = rules.substance(balance->substance);
    if (substance && counts(rules, kind, *substance) && !names(lots, balance->lot)) return false;
  }
  return true;
}

void fulfil(const Facts& facts, const StepContext& context, const RulePack& rules, const Duty& duty, Date counted_on,
            Outcome& out) {
  const RecurringRule* rule = recurring_rule(rules, duty.kind);
  if (!rule) return end_duty(facts, duty, context.index, out);
  const auto period = open_period(facts, duty);
  if (!period || counted_on < period->first) return;
  close_period(
      facts, context, rules, *rule, duty, [](const CivilPeriod&) { return false; }, out);
}

}  // namespace

void want_count_duties(const Facts& known, std::string_view party, std::string_view site, FactKeys& keys) {
  want_duties(known, party, keys);
  if (known.knows_list<Duty>("party", party) && !open_duties(known, party).empty()) want_holdings(site, keys);
}

void close_count_duties(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view site,
                        const std::vector<std::string_view>& lots, Date counted_on, Outcome& out) {
  for (const Duty* duty : duties_of_site(facts, context.party, site))
    if (is_whole(facts, rules, duty->kind, site, lots)) fulfil(facts, context, rules, *duty, counted_on, out);
}

void close_attendance(const Facts& facts, const StepContext& context, std::string_view witness, std::string_view site,
                      Outcome& out) {
  for (const Duty* duty : duties_of_site(facts, witness, site))
    if (duty->kind == kAttendance) end_duty(facts, *duty, context.index, out);
}

}  // namespace registry
