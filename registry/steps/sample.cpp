#include "registry/steps/sample.h"

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/sites.h"
#include "registry/steps/witness.h"

namespace registry {
namespace {

/// An inspector or the unit's own quality control takes a sample 抽样: used up, or kept as a lot of its own.
class SampleTake : public Step {
 public:
  SampleTake(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    site_ = in.id("site");
    line_ = read_lot_line(in, Zero::refused, {});
    const bool is_inspection = in.one_of("purpose", {"inspection", "quality-control"}) == "inspection";
    agency_ = is_inspection ? in.id("agency") : in.optional_id("agency");
    sample_ = in.optional_id("sample");
    to_ = sample_.empty() ? in.optional_id("to_site") : in.id("to_site");
    if (sample_.empty() && !to_.empty()) in.fault("sample", "required", "the lot that goes there");
    taken_on_ = in.date("taken_on");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_stock(known, site_account(site_), line_.lot, keys);
    if (!agency_.empty()) keys.want<Party>(agency_);
    if (sample_.empty()) return;
    keys.want<Lot>(sample_);
    keys.want<Pack>(line_.lot);
    keys.want<Site>(to_);
    if (const auto* lot = ask<Lot>(known, keys, line_.lot))
      want_goods_duties(rules_, lot->substance, author, to_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(taken_on_, context, "/taken_on"));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_two_persons(rules, context, *lot.substance, Act::out));
    if (!agency_.empty()) TRY(check_agency_signed(facts, context, agency_, "/agency"));
    TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, "/quantity"));
    TRY(check_stock(facts, site_account(site_), lot, line_.place));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    if (sample_.empty())
      out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kUsed, lot.amount);
    else
      TRY(keep(facts, context, rules, lot, out));
    return out;
  }

 private:
  /// At a site of the unit, or of the agency that takes it along.
  Check keep(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
             Outcome& out) const {
    TRY(check_new_id<Lot>(facts, sample_, "/sample"));
    const Site* to = facts.find<Site>(to_);
    if (!to) return refuse("unknown-site").with("site", to_).at("/to_site");
    const bool is_agencys = !agency_.empty() && to->party == agency_;
    if (!is_agencys) TRY(check_own_site(facts, to_, context.party, "/to_site"));
    note_closed_site(facts, context, to_, out);
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kRepacked, lot.amount);
    Lot row;
    row.id = sample_;
    row.parents = lot.lot->id;
    row.purity_ppm = lot.lot->purity_ppm;
    row.expiry = lot.lot->expiry;
    enter_part(facts, out, context, std::move(row), *lot.lot, lot.amount, site_account(to_));
    if (!is_agencys) start_for_goods(facts, context, rules, *lot.substance, context.party, to_, out);
    return Accepted{};
  }

  const RulePack& rules_;
  std::string site_, agency_, sample_, to_;
  LotLine line_;
  Date taken_on_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_sample_take(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<SampleTake>(payload, rules);
}

}  // namespace registry
