#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"
#include "registry/steps/transit.h"

namespace registry {
namespace {

/// The receiver's blind count, or the sender's of goods that were refused. A fact; it moves nothing.
class TransferCount : public Step {
 public:
  explicit TransferCount(PayloadReader& in) {
    consignment_ = in.id("consignment");
    lines_ = read_lot_lines(in, "lines", Zero::allowed);
    seals_broken_ = in.one_of("seals_intact", {"yes", "no", "none"}) == "no";
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    want_shipment(known, consignment_, keys);
    keys.want<Obligation>(obligation_id("take-back", consignment_subject(consignment_)));
    if (const auto* head = ask<Consignment>(known, keys, consignment_)) want_road(known, *head, keys);
    for (const LotLine& line : lines_) keys.want<Lot>(line.lot);
    want_earlier(known, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    TRY(check_turn(facts, *shipment.head, context.party));
    if (needs_two(shipment, rules)) TRY(check_second_signature(context, context.party));
    const Measured measured = TRY(measure_shipment(facts, rules, shipment, lines_));
    Outcome out;
    const std::vector<RoadPoint> road = road_of(facts, shipment);
    for (std::size_t i = 0; i < shipment.lines.size(); ++i)
      count_line(facts, shipment, i, road, measured.amounts[i], context, rules, out);
    for (const ExtraLot& extra : measured.extra) count_extra(shipment, extra, context, rules, out);
    if (seals_broken_) add_finding(out, context, broken_seal(*shipment.head, context));
    finish(shipment, context, rules, out);
    return out;
  }

 private:
  /// Whose count is due: the receiver's, and after a refusal the sender's; each once.
  Check check_turn(const Facts& facts, const Consignment& head, std::string_view author) const {
    const bool is_back = head.state == ConsignmentState::refused;
    if (author != (is_back ? head.sender : head.receiver))
      return refuse(is_back ? "not-the-sender" : "not-the-receiver").with("consignment", head.id).at("/consignment");
    const bool is_due = head.state == ConsignmentState::dispatched || head.state == ConsignmentState::carried ||
                        (head.state == ConsignmentState::cancelled && head.counted == kNone) ||
                        (is_back && !is_counted_back(facts, head));
    if (is_due) return Accepted{};
    return refuse("already-counted").with("consignment", head.id).at("/consignment");
  }

  static bool needs_two(const Shipment& shipment, const RulePack& rules) {
    return std::any_of(shipment.lines.begin(), shipment.lines.end(), [&](const ConsignmentLine* line) {
      return rules.needs_two_persons(substance_of(rules, *line), Act::count);
    });
  }

  /// Against what was shipped; on the way back against what the receiver counted, so that a loss is found once.
  static std::int64_t expected(const ConsignmentLine& line) {
    return line.counted != kNone ? line.counted : line.shipped;
  }

  void want_earlier(const Facts& known, FactKeys& keys) const {
    if (!known.knows<Consignment>(consignment_)) return;
    const auto* head = known.find<Consignment>(consignment_);
    for (std::size_t n = 1; head && n <= static_cast<std::size_t>(head->lines); ++n)
      if (const auto* line = ask<ConsignmentLine>(known, keys, consignment_, line_number(n)))
        want_watched(known, *head, *line, keys);
  }

  static Custody where(const RulePack& rules, const Shipment& shipment, std::size_t at,
                       const std::vector<RoadPoint>& road, std::int64_t counted, std::int64_t index) {
    const Consignment& head = *shipment.head;
    if (shipment.lines[at]->counted == kNone) return locate(rules, shipment, at, road, counted, index);
    return {head.counted, index, head.receiver, head.vehicle, head.seals};
  }

  static void count_line(const Facts& facts, const Shipment& shipment, std::size_t at,
                         const std::vector<RoadPoint>& road, std::int64_t counted, const StepContext& context,
                         const RulePack& rules, Outcome& out) {
    const ConsignmentLine& line = *shipment.lines[at];
    ConsignmentLine after = line;
    after.counted = counted;
    out.update(line, std::move(after));
    out.reveal.push_back({line.lot, line.shipped, counted});
    const Deviation found = compare(rules, substance_of(rules, line), expected(line), counted, {line.piece});
    if (!found.beyond_tolerance) return;
    const std::string_view kind = found.missing > 0 ? "loss-in-transit" : "surplus-in-transit";
    Finding finding =
        transit_finding(kind, shipment, rules, line, found, where(rules, shipment, at, road, counted, context.index));
    if (found.missing > 0 && is_watched(*shipment.head, line))
      join_earlier(facts, *shipment.head, line, context, finding, out);
    const std::string account = transit_account(shipment.head->id);
    add_shortage(out, context, std::move(finding), account, account);
  }

  /// What was reported lost or seized on the road has left its book and is known; what somebody else measured on the
  /// way is about the same goods and goes on in this finding.
  static void join_earlier(const Facts& facts, const Consignment& head, const ConsignmentLine& line,
                           const StepContext& context, Finding& finding, Outcome& out) {
    const std::string road = transit_account(head.id);
    const std::int64_t gone = std::max<std::int64_t>(0, expected(line) - facts.balance(road, line.substance, line.lot));
    finding.settled = std::min(finding.missing, gone);
    const std::string id = next_finding_id(out, context);
    for (const Finding* earlier : find_shortages(facts, road, line.lot)) {
      const bool is_reported = earlier->booked == outside::kLost;
      if (is_reported && finding.settled > 0 && finding.same_as.empty()) finding.same_as = earlier->id;
      if (!is_reported && still_missing(finding) > 0) carry_on(out, context, *earlier, id, still_missing(*earlier));
    }
    if (still_missing(finding) == 0) close_finding(finding, FindingResult::continued, context.index);
  }

  /// A known lot becomes a line of which nothing was shipped, so that acceptance takes it in as found.
  static void count_extra(const Shipment& shipment, const ExtraLot& extra, const StepContext& context,
                          const RulePack& rules, Outcome& out) {
    const Consignment& head = *shipment.head;
    const Custody custody{head.dispatched, context.index, holder_of(head), head.vehicle, head.seals};
    add_finding(out, context, unexpected_finding(shipment, rules, extra, custody));
    if (!extra.lot) return;
    ConsignmentLine line;
    line.consignment = head.id;
    line.n = line_number(shipment.lines.size() + added_lines(out, head) + 1);
    line.lot = extra.lot->id;
    line.substance = extra.substance->code;
    line.piece = extra.lot->piece;
    line.counted = extra.amount;
    out.put(std::move(line));
    out.reveal.push_back({extra.lot->id, 0, extra.amount});
  }

  static std::size_t added_lines(const Outcome& out, const Consignment& head) {
    return out.changes<ConsignmentLine>().size() - static_cast<std::size_t>(head.lines);
  }

  Finding broken_seal(const Consignment& head, const StepContext& context) const {
    const bool is_carried = head.carried != kNone;
    Finding finding = make_finding("seal-broken", holder_of(head), consignment_subject(head.id), Severity::high);
    set_custody(finding,
                {is_carried ? head.carried : head.dispatched, context.index, finding.party, head.vehicle, head.seals});
    return finding;
  }

  /// The sender said that the goods never left; the count stands beside it, and the book stays with the sender.
  static Finding arrived_after_cancel(const Consignment& head, const StepContext& context) {
    Finding finding = make_finding("moved-after-cancel", head.sender, consignment_subject(head.id), Severity::critical);
    set_custody(finding, {head.dispatched, context.index, head.sender, head.vehicle, head.seals});
    return finding;
  }

  void finish(const Shipment& shipment, const StepContext& context, const RulePack& rules, Outcome& out) const {
    const Consignment& head = *shipment.head;
    Consignment after = head;
    after.counted = context.index;
    after.lines = static_cast<std::int64_t>(out.changes<ConsignmentLine>().size());
    if (head.state == ConsignmentState::cancelled)
      add_finding(out, context, arrived_after_cancel(head, context));
    else if (head.state != ConsignmentState::refused) {
      after.state = ConsignmentState::counted;
      open_obligation(out, rules, context, "accept", consignment_subject(head.id), head.receiver);
    }
    out.update(head, std::move(after));
  }

  std::string consignment_;
  bool seals_broken_ = false;
  std::vector<LotLine> lines_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_count(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferCount>(payload, rules);
}

}  // namespace registry
