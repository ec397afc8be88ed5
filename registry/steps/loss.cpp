#include "registry/steps/loss.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/reports.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kCircumstancesMax = 1000;

/// Goods lost, stolen or robbed, from a site or from the road. A fact: what the book holds is taken out, and what was
/// reported beyond it stands in the finding. Goods that a count has shown to be missing already are not lost twice.
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
    finding_ = in.optional_id("finding");
    further_ = in.has("further") && in.one_of("further", {"yes", "no"}) == "yes";
    if (further_ && in.has("finding")) in.fault("further", "one_of", "goods of a finding, or further ones");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    want_stock(known, account(), line_.lot, keys);
    keys.want<Measurement>(account(), line_.lot);
    keys.want<Party>(author);
    want_shortage(known, account(), line_.lot, keys);
    if (!finding_.empty()) keys.want<Finding>(finding_);
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
    const Party* holder = TRY(check_party(facts, context.party, "header/party"));
    const Custody where = TRY(site_.empty() ? on_road(facts, context) : at_site(facts, context));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    const std::vector<const Finding*> earlier = TRY(shown_before(facts));
    Outcome out;
    if (!site_.empty()) note_closed_site(facts, context, site_, out);
    const std::int64_t booked = write_off(facts, lot, earlier, out);
    const std::string id = next_finding_id(out, context);
    add_shortage(out, context, loss(rules, lot, booked, earlier.empty() ? where : custody_of(*earlier.front())),
                 account(), outside::kLost, find_shortages(facts, account(), line_.lot));
    std::int64_t left = lot.amount;
    for (const Finding* each : earlier) {
      if (left > 0) carry_on(out, context, *each, id, left);
      left -= std::min(left, still_missing(*each));
    }
    if (site_.empty()) mark_road(facts, context, out);
    tell_authorities(out, context, rules, {id, holder, lot.substance, lot.amount, discovered_});
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
    if (context.party != head.carrier && context.party != head.sender && context.party != head.receiver &&
        context.party != holder_of(head))
      return refuse("not-in-custody").with("consignment", head.id).at("/consignment");
    const bool is_line = std::any_of(shipment.lines.begin(), shipment.lines.end(),
                                     [&](const ConsignmentLine* line) { return line->lot == line_.lot; });
    if (!is_line) return refuse("lot-not-in-consignment").with("lot", line_.lot).at("/lot");
    return Custody{head.carried != kNone ? head.carried : head.dispatched, context.index, holder_of(head), head.vehicle,
                   head.seals};
  }

  /// The open findings that already show these goods missing: the one named, or those of the place that measurements
  /// made. Two reports are two losses.
  Result<std::vector<const Finding*>> shown_before(const Facts& facts) const {
    std::vector<const Finding*> shown;
    if (further_) return shown;
    if (finding_.empty()) {
      shown = find_shortages(facts, account(), line_.lot);
      std::erase_if(shown, [](const Finding* each) { return each->booked == outside::kLost; });
      return shown;
    }
    const Finding* named = TRY(find_open_finding(facts, finding_, "/finding"));
    if (named->lot != line_.lot || named->subject != subject() || still_missing(*named) == 0)
      return refuse("other-goods").with("finding", finding_).at("/finding");
    shown.push_back(named);
    return shown;
  }

  /// Takes the goods out of the book, first from where earlier findings put them; how much that was.
  std::int64_t write_off(const Facts& facts, const LotAmount& lot, const std::vector<const Finding*>& earlier,
                         Outcome& out) const {
    const std::string& code = lot.substance->code;
    std::int64_t left = lot.amount, booked = 0;
    for (const Finding* each : earlier) {
      if (is_held_account(each->booked)) continue;
      const std::int64_t carried = std::min(left, still_missing(*each));
      if (each->booked != outside::kLost) out.move(code, lot.lot->id, each->booked, outside::kLost, carried);
      left -= carried;
      booked += carried;
    }
    const std::int64_t from_book = std::min(facts.balance(account(), code, lot.lot->id), left);
    out.move(code, lot.lot->id, account(), outside::kLost, from_book);
    return booked + from_book;
  }

  static Custody custody_of(const Finding& earlier) {
    return {earlier.from_index, earlier.to_index, earlier.custodian, earlier.vehicle, earlier.seals};
  }

  /// From now on the book of the road is not what was sent.
  void mark_road(const Facts& facts, const StepContext& context, Outcome& out) const {
    const auto* head = facts.find<Consignment>(consignment_);
    Consignment after = *head;
    after.checked = context.index;
    out.update(*head, std::move(after));
  }

  std::string subject() const { return site_.empty() ? consignment_subject(consignment_) : "site:" + site_; }

  Finding loss(const RulePack& rules, const LotAmount& lot, std::int64_t booked, const Custody& where) const {
    Deviation reported;
    reported.missing = reported.hi = lot.amount;
    reported.lo = booked;
    Finding finding =
        make_finding("loss-reported", where.custodian, subject(), rules, *lot.substance, lot.lot->id, reported);
    set_custody(finding, where);
    return finding;
  }

  std::string site_, consignment_, finding_;
  bool further_ = false;
  LotLine line_;
  UtcTime discovered_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_loss_report(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<LossReport>(payload, rules);
}

}  // namespace registry
