#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/findings.h"
#include "registry/steps/losing.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kCircumstancesMax = 1000;

/// Goods that were missing turn up, all of them or some. A fact: they come back from where the finding has put them,
/// and what is more than that was never in the book.
class LossFound : public Step {
 public:
  LossFound(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    finding_ = in.optional_id("finding");
    site_ = in.id("site");
    line_ = read_lot_line(in, Zero::refused, {});
    found_on_ = in.date("found_on");
    circumstances_ = in.text("circumstances", kCircumstancesMax);
    evidence_ = read_evidence(in);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_stock(known, site_account(site_), line_.lot, keys);
    if (const auto* lot = ask<Lot>(known, keys, line_.lot))
      want_goods_duties(rules_, lot->substance, author, site_, keys);
    if (finding_.empty()) return;
    if (const auto* row = ask<Finding>(known, keys, finding_))
      if (is_held_account(row->booked)) keys.want<Balance>(row->booked, row->substance, row->lot);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(found_on_, context, "/found_on"));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    const Finding* finding = TRY(missing_goods(facts));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    const std::int64_t back = finding ? take_back(facts, context, *finding, lot, out) : 0;
    out.move(lot.substance->code, lot.lot->id, outside::kFound, site_account(site_), lot.amount - back);
    if (back < lot.amount) add_finding(out, context, surplus(rules, context, lot, lot.amount - back));
    start_for_goods(facts, context, rules, *lot.substance, context.party, site_, out);
    return out;
  }

 private:
  /// The finding about goods of this lot. One that was concluded takes goods back too: they may come to light years on.
  Result<const Finding*> missing_goods(const Facts& facts) const {
    if (finding_.empty()) return nullptr;
    const Finding* finding = facts.find<Finding>(finding_);
    if (!finding) return refuse("unknown-finding").with("finding", finding_).at("/finding");
    if (finding->lot == line_.lot && !finding->booked.empty()) return finding;
    return refuse("other-goods").with("finding", finding_).at("/finding");
  }

  std::int64_t take_back(const Facts& facts, const StepContext& context, const Finding& finding, const LotAmount& lot,
                         Outcome& out) const {
    std::int64_t back = std::min(lot.amount, still_missing(finding));
    if (is_held_account(finding.booked))
      back = std::min(back, facts.balance(finding.booked, finding.substance, finding.lot));
    out.move(lot.substance->code, lot.lot->id, finding.booked, site_account(site_), back);
    Finding after = finding;
    after.settled += back;
    if (after.state == FindingState::open) after.state = FindingState::explained;
    FindingNote line;
    line.act = FindingAct::found;
    line.amount = lot.amount;
    line.statement = circumstances_;
    line.evidence = evidence_;
    note(out, context, after, std::move(line));
    out.update(finding, std::move(after));
    return back;
  }

  Finding surplus(const RulePack& rules, const StepContext& context, const LotAmount& lot, std::int64_t amount) const {
    Finding more = make_finding("found-beyond-loss", context.party, "site:" + site_, rules);
    more.substance = lot.substance->code;
    more.lot = lot.lot->id;
    more.lo = more.hi = more.missing = -amount;
    set_custody(more, {lot.lot->seq, context.index, context.party});
    return more;
  }

  const RulePack& rules_;
  std::string finding_, site_, circumstances_, evidence_;
  LotLine line_;
  Date found_on_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_loss_found(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<LossFound>(payload, rules);
}

}  // namespace registry
