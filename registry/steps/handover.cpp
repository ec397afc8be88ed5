#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/naming.h"
#include "registry/steps/read_step.h"
#include "registry/steps/road.h"
#include "registry/steps/transit.h"

namespace registry {
namespace {

constexpr std::size_t kPlateMax = 16, kSealsMax = 200;

/// Goods change carriers on the road. A fact that both sign: the taker writes it, the giver signs too. They may count;
/// without a count the interval of a later loss spans both.
class TransferHandover : public Step {
 public:
  explicit TransferHandover(PayloadReader& in) {
    consignment_ = in.id("consignment");
    vehicle_ = in.text("vehicle", kPlateMax);
    seals_ = in.optional_text("seals", kSealsMax);
    seals_intact_ = in.one_of("seals_intact", {"yes", "no"}) == "yes";
    if (in.has("lines")) lines_ = read_lot_lines(in, "lines", Zero::allowed);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_named(plate_id(vehicle_), keys);
    want_shipment(known, consignment_, keys);
    for (const LotLine& line : lines_) keys.want<Lot>(line.lot);
    const auto* head = ask<Consignment>(known, keys, consignment_);
    if (!head) return;
    want_road(known, *head, keys);
    want_road_shortages(known, *head, keys);
    if (!head->permit.empty()) keys.want<Permit>(head->permit);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* taker = TRY(check_author(facts, context));
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    const Consignment& head = *shipment.head;
    TRY(check_turn(head, context));
    const Measured measured = TRY(measure_shipment(facts, rules, shipment, lines_));
    Outcome out;
    out.put(row(head, context));
    compare_people(facts, head, *taker, context, out);
    if (!seals_intact_) add_finding(out, context, about("seal-broken", head, holder_of(head), context));
    if (!lines_.empty()) count(facts, shipment, measured, context, rules, out);
    take_over(head, context, out);
    note_plate(facts, context, rules, vehicle_, taker->region, out);
    return out;
  }

 private:
  Check check_turn(const Consignment& head, const StepContext& context) const {
    if (head.carried == kNone) return refuse("not-carried").with("consignment", consignment_).at("/consignment");
    const std::string& giver = holder_of(head);
    if (giver == context.party) return refuse("handover-to-self").with("party", giver).at("header/party");
    if (has_signed(context, giver)) return Accepted{};
    return refuse("handover-needs-giver").with("party", giver).at("/consignment");
  }

  std::string next_number(const Consignment& head) const {
    return line_number(static_cast<std::size_t>(head.handovers) + 1);
  }

  Handover row(const Consignment& head, const StepContext& context) const {
    return {head.id,       next_number(head), holder_of(head),
            context.party, vehicle_,          seals_.empty() ? head.seals : seals_,
            context.index};
  }

  Finding about(std::string_view kind, const Consignment& head, const std::string& party,
                const StepContext& context) const {
    Finding finding = make_finding(kind, party, consignment_subject(head.id), Severity::high);
    set_custody(finding, {head.carried, context.index, holder_of(head), head.vehicle, head.seals});
    return finding;
  }

  /// The paper names its carrier (445-22, 445-41); only carriers carry (445-5.1); goods that were counted are no longer
  /// on the road.
  void compare_people(const Facts& facts, const Consignment& head, const Party& taker, const StepContext& context,
                      Outcome& out) const {
    const Permit* paper = head.permit.empty() ? nullptr : facts.find<Permit>(head.permit);
    if (paper && !paper->carrier.empty() && paper->carrier != taker.id)
      add_finding(out, context, about("carrier-differs", head, holder_of(head), context));
    if (!has_code(taker.kinds, "carrier"))
      add_finding(out, context, about("not-a-carrier-unit", head, holder_of(head), context));
    if (head.counted != kNone || head.settled != kNone)
      add_finding(out, context, about("handover-late", head, holder_of(head), context));
  }

  void count(const Facts& facts, const Shipment& shipment, const Measured& measured, const StepContext& context,
             const RulePack& rules, Outcome& out) const {
    const std::vector<RoadPoint> road = road_of(facts, shipment);
    for (std::size_t i = 0; i < shipment.lines.size(); ++i) {
      const ConsignmentLine& line = *shipment.lines[i];
      out.put(HandoverLine{line.consignment, next_number(*shipment.head), line.n, measured.amounts[i]});
      compare_line(facts, shipment, i, road, measured.amounts[i], context, rules, out);
    }
    const Consignment& head = *shipment.head;
    const Custody where{head.carried, context.index, holder_of(head), head.vehicle, head.seals};
    for (const ExtraLot& extra : measured.extra)
      add_finding(out, context, unexpected_finding(shipment, rules, extra, where));
  }

  /// Against the newest measurement before, so that a loss is found once: what that one missed stays with its finding.
  void compare_line(const Facts& facts, const Shipment& shipment, std::size_t at, const std::vector<RoadPoint>& road,
                    std::int64_t counted, const StepContext& context, const RulePack& rules, Outcome& out) const {
    const ConsignmentLine& line = *shipment.lines[at];
    const Consignment& head = *shipment.head;
    Custody where{kNone, context.index, holder_of(head), head.vehicle, head.seals};
    std::int64_t expected = line.shipped;
    for (const RoadPoint& point : road) {
      if (point.amounts.empty() || point.amounts[at] == kNone) continue;
      expected = point.amounts[at];
      where.from = point.index;
      where.custodian = point.custodian;
    }
    const Deviation found = compare(rules, substance_of(rules, line), expected, counted, {line.piece});
    if (!found.beyond_tolerance) return;
    const std::string account = transit_account(head.id);
    const auto beside = find_shortages(facts, account, line.lot);
    Finding finding = transit_finding("handover-differs", shipment, rules, line, found, where);
    if (head.counted != kNone) count_rest(finding, beside, context.index);
    add_shortage(out, context, std::move(finding), account, account, beside);
  }

  void take_over(const Consignment& head, const StepContext& context, Outcome& out) const {
    Consignment after = head;
    ++after.handovers;
    after.custodian = context.party;
    after.vehicle = vehicle_;
    if (!seals_.empty()) after.seals = seals_;
    out.update(head, std::move(after));
  }

  std::string consignment_, vehicle_, seals_;
  bool seals_intact_ = true;
  std::vector<LotLine> lines_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_handover(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferHandover>(payload, rules);
}

}  // namespace registry
