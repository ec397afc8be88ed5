#include "registry/steps/loss.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kCircumstancesMax = 1000;

/// Goods lost, stolen or robbed, from a site or from the road. A fact: what the book holds is taken out, and what was
/// reported beyond it stands in the finding.
class LossReport : public Step {
 public:
  explicit LossReport(PayloadReader& in) {
    site_ = in.optional_id("site");
    consignment_ = in.optional_id("consignment");
    if (in.has("site") == in.has("consignment")) in.fault("site", "one_of", "site or consignment, not both");
    line_ = read_lot_line(in, Zero::refused, {});
    in.one_of("kind", {"lost", "stolen", "robbed", "other"});
    discovered_ = in.time("discovered");
    in.text("circumstances", kCircumstancesMax);
    in.optional_ids("reported_to");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    want_stock(known, account(), line_.lot, keys);
    keys.want<Measurement>(account(), line_.lot);
    if (site_.empty())
      want_shipment(known, consignment_, keys);
    else
      keys.want<Site>(site_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    if (discovered_ > context.rtime)
      return refuse("day-in-future")
          .with("day", discovered_.str())
          .with("today", context.rtime.str())
          .at("/discovered");
    const Custody where = TRY(site_.empty() ? on_road(facts, context) : at_site(facts, context));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    const std::int64_t book = facts.balance(account(), lot.substance->code, lot.lot->id);
    Outcome out;
    out.move(lot.substance->code, lot.lot->id, account(), outside::kLost, std::min(book, lot.amount));
    add_finding(out, context, loss(rules, lot, book, where));
    return out;
  }

 private:
  std::string account() const { return site_.empty() ? transit_account(consignment_) : site_account(site_); }

  Result<Custody> at_site(const Facts& facts, const StepContext& context) const {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    const auto* last = facts.find<Measurement>(account(), line_.lot);
    return Custody{last ? last->seq : kNone, context.index, context.party};
  }

  /// The carrier reports, or one of the two between whom the goods are.
  Result<Custody> on_road(const Facts& facts, const StepContext& context) const {
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    const Consignment& head = *shipment.head;
    if (context.party != head.carrier && context.party != head.sender && context.party != head.receiver)
      return refuse("not-in-custody").with("consignment", head.id).at("/consignment");
    const bool is_line = std::any_of(shipment.lines.begin(), shipment.lines.end(),
                                     [&](const ConsignmentLine* line) { return line->lot == line_.lot; });
    if (!is_line) return refuse("lot-not-in-consignment").with("lot", line_.lot).at("/lot");
    const bool is_carried = head.carried != kNone;
    return Custody{is_carried ? head.carried : head.dispatched, context.index, is_carried ? head.carrier : head.sender,
                   head.vehicle, head.seals};
  }

  Finding loss(const RulePack& rules, const LotAmount& lot, std::int64_t book, const Custody& where) const {
    Deviation reported;
    reported.missing = reported.hi = lot.amount;
    reported.lo = std::min(book, lot.amount);
    const std::string subject = site_.empty() ? consignment_subject(consignment_) : "site:" + site_;
    Finding finding =
        make_finding("loss-reported", where.custodian, subject, rules, *lot.substance, lot.lot->id, reported);
    set_custody(finding, where);
    return finding;
  }

  std::string site_, consignment_;
  LotLine line_;
  UtcTime discovered_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_loss_report(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<LossReport>(payload, rules);
}

}  // namespace registry
