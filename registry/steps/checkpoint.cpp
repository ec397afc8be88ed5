#include <algorithm>

#include "registry/domain/account.h"
#include "registry/rules/losing.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/findings.h"
#include "registry/steps/losing.h"
#include "registry/steps/naming.h"
#include "registry/steps/read_step.h"
#include "registry/steps/stop_compare.h"
#include "registry/steps/transit.h"

namespace registry {
namespace {

constexpr std::size_t kPlateMax = 16, kPlaceMax = 200;

struct StopLine {
  std::string substance, lot;
  std::optional<Quantity> quantity;
};

/// A vehicle is stopped on the road and compared with its paper (445-24, 445-41). A fact, whether the registry has ever
/// heard of the vehicle or not; the answer is green or red.
class CheckpointStop : public Step {
 public:
  explicit CheckpointStop(PayloadReader& in) {
    stop_ = in.id("stop");
    seen_.vehicle = in.text("vehicle", kPlateMax);
    place_ = in.text("place", kPlaceMax);
    region_ = in.region("region");
    consignment_ = in.optional_id("consignment");
    permit_ = in.optional_id("permit");
    seen_.paper_missing = in.one_of("paper", {"carried", "missing", "not-needed"}) == "missing";
    seen_.paper_kind = in.optional_id("paper_kind");
    seen_.owner = in.optional_id("owner");
    seen_.consignee = in.optional_id("consignee");
    seen_.carrier = in.optional_id("carrier");
    seen_.destination = in.optional_region("destination");
    seen_.seal_broken = in.has("seals_intact") && in.one_of("seals_intact", {"yes", "no", "none"}) == "no";
    for (PayloadReader& line : in.lines("lines", true))
      lines_.push_back({line.id("substance"), line.optional_id("lot"), line.quantity("quantity")});
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Stop>(stop_);
    want_named(plate_id(seen_.vehicle), keys);
    for (const auto& [what, id] : on_paper())
      if (!ask<Party>(known, keys, *id)) want_named(name_id(*id), keys);
    if (!permit_.empty()) keys.want<Permit>(permit_);
    if (consignment_.empty()) return;
    want_shipment(known, consignment_, keys);
    const auto* head = ask<Consignment>(known, keys, consignment_);
    if (!head) return;
    keys.want<Site>(head->to_site);
    want_road_shortages(known, *head, keys);
    if (!head->permit.empty()) keys.want<Permit>(head->permit);
    for (const StopLine& line : lines_)
      if (!line.lot.empty()) keys.want<Measurement>(transit_account(consignment_), line.lot);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    TRY(check_new_id<Stop>(facts, stop_, "/stop"));
    const Date today = local_date(context.rtime);
    TRY(check_region(rules, region_, today, "/region"));
    TRY(check_covers(*agency, region_, "/region"));
    SeenOnRoad seen = seen_;
    seen.goods = TRY(goods(rules, today));
    const auto head = facts_of_head(facts);
    const Shipment shipment = head ? TRY(find_shipment(facts, consignment_)) : Shipment{};
    const KnownLoad known = load(facts, head ? &shipment : nullptr, today);
    Outcome out;
    const auto deviations = compare_stop(rules, seen, known);
    for (const StopDeviation& deviation : deviations) add(deviation, facts, context, rules, known, out);
    if (head) weigh(facts, context, shipment, seen, out);
    out.put(row(context, known, deviations));
    note_plate(facts, context, rules, seen_.vehicle, region_, out);
    for (const auto& [what, id] : on_paper())
      if (!facts.find<Party>(*id)) note_named(facts, context, rules, {name_id(*id), what, *id, region_}, out);
    return out;
  }

 private:
  /// Whom the papers on the road name, as unit or carrier.
  std::vector<std::pair<std::string_view, const std::string*>> on_paper() const {
    std::vector<std::pair<std::string_view, const std::string*>> out;
    if (!seen_.owner.empty()) out.emplace_back("unit", &seen_.owner);
    if (!seen_.consignee.empty()) out.emplace_back("unit", &seen_.consignee);
    if (!seen_.carrier.empty()) out.emplace_back("carrier", &seen_.carrier);
    return out;
  }

  Result<std::vector<SeenGoods>> goods(const RulePack& rules, Date today) const {
    std::vector<SeenGoods> out;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string at = "/lines/" + std::to_string(i);
      const Substance* substance = TRY(check_substance(rules, lines_[i].substance, today, at + "/substance"));
      out.push_back({substance, TRY(check_amount(*lines_[i].quantity, *substance, at + "/quantity")), lines_[i].lot});
    }
    return out;
  }

  /// A consignment that nobody has entered is what an unknown vehicle shows.
  const Consignment* facts_of_head(const Facts& facts) const {
    return consignment_.empty() ? nullptr : facts.find<Consignment>(consignment_);
  }

  KnownLoad load(const Facts& facts, const Shipment* shipment, Date today) const {
    KnownLoad known;
    known.today = today;
    known.shipment = shipment;
    if (!permit_.empty()) known.permit = facts.find<Permit>(permit_);
    if (!shipment) return known;
    const Consignment& head = *shipment->head;
    if (!head.permit.empty()) known.permit = facts.find<Permit>(head.permit);
    if (const Site* site = facts.find<Site>(head.to_site)) known.destination = site->region;
    return known;
  }

  /// In whose hands the vehicle is, as far as the registry knows.
  static std::string driver_of(const KnownLoad& known) {
    if (known.shipment) {
      const Consignment& head = *known.shipment->head;
      return head.carried == kNone && !head.carrier.empty() ? head.carrier : holder_of(head);
    }
    if (!known.permit) return {};
    return known.permit->carrier.empty() ? known.permit->holder : known.permit->carrier;
  }

  Custody custody(const StepContext& context, const KnownLoad& known) const {
    const Consignment* head = known.shipment ? known.shipment->head : nullptr;
    const std::int64_t since = head ? std::max(head->dispatched, head->carried) : kNone;
    return {since, context.index, driver_of(known), seen_.vehicle, head ? head->seals : std::string()};
  }

  void add(const StopDeviation& deviation, const Facts& facts, const StepContext& context, const RulePack& rules,
           const KnownLoad& known, Outcome& out) const {
    const Custody where = custody(context, known);
    const std::string subject = known.shipment ? consignment_subject(consignment_) : "vehicle:" + seen_.vehicle;
    Finding finding = make_finding(deviation.kind, where.custodian, subject, rules);
    if (!deviation.line) {
      set_custody(finding, where);
      return add_finding(out, context, std::move(finding));
    }
    const Deviation found = compare(rules, substance_of(rules, *deviation.line), deviation.line->shipped,
                                    deviation.seen, {deviation.line->piece});
    finding = transit_finding(deviation.kind, *known.shipment, rules, *deviation.line, found, where);
    finding.severity = std::max(finding.severity, rules.losing().severity_of(deviation.kind));
    const std::string road = transit_account(consignment_);
    const auto beside = find_shortages(facts, road, deviation.line->lot);
    count_rest(finding, beside, context.index);
    add_shortage(out, context, std::move(finding), road, road, beside);
  }

  /// Goods of a named lot that were weighed narrow the time in which something can go missing.
  void weigh(const Facts& facts, const StepContext& context, const Shipment& shipment, const SeenOnRoad& seen,
             Outcome& out) const {
    bool is_weighed = false;
    for (const SeenGoods& goods : seen.goods) {
      const bool is_line = std::any_of(shipment.lines.begin(), shipment.lines.end(),
                                       [&](const ConsignmentLine* line) { return line->lot == goods.lot; });
      if (!is_line) continue;
      measure(facts, out, context, transit_account(consignment_), goods.lot, goods.amount);
      is_weighed = true;
    }
    if (!is_weighed) return;
    Consignment after = *shipment.head;
    after.checked = context.index;
    out.update(*shipment.head, std::move(after));
  }

  Stop row(const StepContext& context, const KnownLoad& known, const std::vector<StopDeviation>& deviations) const {
    Stop row;
    row.id = stop_;
    row.agency = context.party;
    row.vehicle = seen_.vehicle;
    row.consignment = known.shipment ? consignment_ : std::string();
    row.permit = known.permit ? known.permit->no : permit_;
    row.region = region_;
    row.place = place_;
    row.result = deviations.empty() ? StopResult::green : StopResult::red;
    std::vector<std::string> kinds;
    for (const StopDeviation& each : deviations)
      if (std::find(kinds.begin(), kinds.end(), each.kind) == kinds.end()) kinds.push_back(each.kind);
    row.deviations = join_sorted(std::move(kinds));
    row.seq = context.index;
    row.time = context.time;
    return row;
  }

  SeenOnRoad seen_;
  std::string stop_, place_, region_, consignment_, permit_;
  std::vector<StopLine> lines_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_checkpoint_stop(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<CheckpointStop>(payload, rules);
}

}  // namespace registry
