#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/naming.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"
#include "registry/steps/transit.h"

namespace registry {
namespace {

constexpr std::size_t kPlateMax = 16, kSealsMax = 200;

/// What the carrier checks against paper and goods when it takes them over. A fact: recorded even when it comes late,
/// after the receiver has counted; then it no longer changes the state.
class TransferCarry : public Step {
 public:
  explicit TransferCarry(PayloadReader& in) {
    consignment_ = in.id("consignment");
    vehicle_ = in.text("vehicle", kPlateMax);
    seals_ = in.optional_text("seals", kSealsMax);
    seals_intact_ = in.one_of("seals_intact", {"yes", "no"}) == "yes";
    permit_ = in.optional_id("permit");
    lines_ = read_lot_lines(in, "lines", Zero::allowed);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_named(plate_id(vehicle_), keys);
    want_shipment(known, consignment_, keys);
    keys.want<Obligation>(obligation_id("carry", consignment_subject(consignment_)));
    const auto* head = ask<Consignment>(known, keys, consignment_);
    if (head && !head->permit.empty()) keys.want<Permit>(head->permit);
    if (head && is_measured(*head)) want_road_shortages(known, *head, keys);
    for (const LotLine& line : lines_) keys.want<Lot>(line.lot);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    if (shipment.head->carrier != context.party)
      return refuse("not-the-carrier").with("consignment", consignment_).at("/consignment");
    if (shipment.head->carried != kNone)
      return refuse("already-carried").with("consignment", consignment_).at("/consignment");
    const Party* carrier = TRY(check_party(facts, context.party, "header/party"));
    const Measured measured = TRY(measure_shipment(facts, rules, shipment, lines_));
    Outcome out;
    compare_lines(facts, shipment, measured, context, rules, out);
    compare_vehicle(*shipment.head, context, out);
    compare_paper(facts, *shipment.head, context, out);
    take_over(*shipment.head, context.index, out);
    note_plate(facts, context, rules, vehicle_, carrier->region, out);
    close_obligation(facts, obligation_id("carry", consignment_subject(consignment_)), context.index, out);
    return out;
  }

 private:
  Custody custody(const Consignment& head, std::int64_t index) const {
    return {head.dispatched, index, head.sender, vehicle_, seals_.empty() ? head.seals : seals_};
  }

  /// Somebody has looked at the goods before this late signature.
  static bool is_measured(const Consignment& head) { return head.counted != kNone || head.checked != kNone; }

  void compare_lines(const Facts& facts, const Shipment& shipment, const Measured& measured, const StepContext& context,
                     const RulePack& rules, Outcome& out) const {
    const Custody where = custody(*shipment.head, context.index);
    for (std::size_t i = 0; i < shipment.lines.size(); ++i) {
      const ConsignmentLine& line = *shipment.lines[i];
      ConsignmentLine after = line;
      after.carried = measured.amounts[i];
      out.update(line, after);
      const Deviation found = compare(rules, substance_of(rules, line), line.shipped, after.carried, {line.piece});
      if (found.beyond_tolerance) {
        const std::string road = transit_account(shipment.head->id);
        std::vector<const Finding*> beside;
        if (is_measured(*shipment.head)) beside = find_shortages(facts, road, line.lot);
        Finding finding = transit_finding("carry-differs", shipment, rules, line, found, where);
        count_rest(finding, beside, context.index);
        add_shortage(out, context, std::move(finding), road, road, beside);
      }
    }
    for (const ExtraLot& extra : measured.extra)
      add_finding(out, context, unexpected_finding(shipment, rules, extra, where));
  }

  void compare_vehicle(const Consignment& head, const StepContext& context, Outcome& out) const {
    if (head.vehicle != vehicle_) add_finding(out, context, condition("vehicle-differs", head, context.index));
    if (!seals_intact_) add_finding(out, context, condition("seal-broken", head, context.index));
  }

  /// The carrier checks the paper, and takes goods on a paper in force only (445-24).
  void compare_paper(const Facts& facts, const Consignment& head, const StepContext& context, Outcome& out) const {
    if (head.state == ConsignmentState::cancelled)
      add_finding(out, context, condition("moved-after-cancel", head, context.index));
    if (!permit_.empty() && permit_ != head.permit)
      add_finding(out, context, condition("paper-differs", head, context.index));
    if (head.permit.empty()) return;
    if (permit_.empty()) {
      Finding unseen = condition("paper-not-seen", head, context.index);
      unseen.party = context.party;
      unseen.severity = Severity::medium;
      add_finding(out, context, std::move(unseen));
    }
    const Permit* paper = facts.find<Permit>(head.permit);
    ensure(paper, "a consignment names a permit that exists");
    const Date today = local_date(context.rtime);
    if (!is_carriable(*paper, today)) add_finding(out, context, condition("paper-not-in-force", head, context.index));
  }

  /// A paper that the goods themselves used up is good for them.
  static bool is_carriable(const Permit& paper, Date today) {
    const bool is_good = paper.status == PermitStatus::issued || paper.status == PermitStatus::used_up;
    return is_good && today <= paper.valid_to;
  }

  Finding condition(std::string_view kind, const Consignment& head, std::int64_t index) const {
    Finding finding = make_finding(kind, head.sender, consignment_subject(head.id), Severity::high);
    set_custody(finding, custody(head, index));
    return finding;
  }

  void take_over(const Consignment& head, std::int64_t index, Outcome& out) const {
    Consignment after = head;
    after.carried = index;
    if (head.state == ConsignmentState::dispatched) after.state = ConsignmentState::carried;
    after.vehicle = vehicle_;
    if (!seals_.empty()) after.seals = seals_;
    out.update(head, std::move(after));
  }

  std::string consignment_, vehicle_, seals_, permit_;
  bool seals_intact_ = true;
  std::vector<LotLine> lines_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_carry(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferCarry>(payload, rules);
}

}  // namespace registry
