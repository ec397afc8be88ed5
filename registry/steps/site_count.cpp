#include "registry/steps/site_count.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/case_file.h"
#include "registry/steps/findings.h"

namespace registry {
namespace {

Finding difference(const Facts& facts, const StepContext& context, const RulePack& rules, const CountedSite& where,
                   const LotAmount& lot, const Deviation& found) {
  const std::string_view kind = found.missing > 0 ? "count-shortage" : "count-surplus";
  Finding finding = make_finding(kind, where.party, "site:" + where.site, rules, *lot.substance, lot.lot->id, found);
  const auto* last = facts.find<Measurement>(site_account(where.site), lot.lot->id);
  set_custody(finding, {last ? last->seq : lot.lot->seq, context.index, where.party});
  return finding;
}

/// A difference lies between two weighings: what both leave uncertain explains it.
Measuring how(const Facts& facts, const std::string& account, const SiteCount& counted) {
  const Lot& lot = *counted.lot.lot;
  if (counted.uncertainty == kNone) return {lot.piece};
  const auto* last = facts.find<Measurement>(account, lot.id);
  return {lot.piece, counted.uncertainty + (last ? last->uncertainty : 0)};
}

}  // namespace

void want_site_count(const Facts& known, std::string_view site, std::string_view lot, FactKeys& keys) {
  want_stock(known, site_account(site), lot, keys);
  keys.want<Measurement>(site_account(site), lot);
  want_shortage(known, site_account(site), lot, keys);
}

void count_at_site(const Facts& facts, const StepContext& context, const RulePack& rules, const CountedSite& where,
                   const SiteCount& counted, Outcome& out) {
  const std::string account = site_account(where.site);
  const LotAmount& lot = counted.lot;
  const std::string& code = lot.substance->code;
  const std::int64_t book = facts.balance(account, code, lot.lot->id);
  const Deviation found = compare(rules, *lot.substance, book, lot.amount, how(facts, account, counted));
  if (found.missing > 0) out.move(code, lot.lot->id, account, outside::kCounted, found.missing);
  if (found.missing < 0) out.move(code, lot.lot->id, outside::kCounted, account, -found.missing);
  if (found.beyond_tolerance)
    add_shortage(out, context, difference(facts, context, rules, where, lot, found), account, outside::kCounted,
                 find_shortages(facts, account, lot.lot->id));
  measure(facts, out, context, account, lot.lot->id, lot.amount, std::max<std::int64_t>(0, counted.uncertainty));
}

}  // namespace registry
