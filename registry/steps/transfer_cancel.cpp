#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/consignment.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"
#include "registry/steps/settlement.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

/// The sender calls a consignment off that nobody else has signed for: the goods never left, or came back at once.
class TransferCancel : public Step {
 public:
  explicit TransferCancel(PayloadReader& in) : consignment_(in.id("consignment")) { in.text("reason", kReasonMax); }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    want_shipment(known, consignment_, keys);
    for (const std::string_view kind : {"receive", "carry"})
      keys.want<Obligation>(obligation_id(kind, consignment_subject(consignment_)));
    const auto* head = ask<Consignment>(known, keys, consignment_);
    if (!head) return;
    keys.want<Site>(head->from_site);
    want_settlement(known, *head, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    const Consignment& head = *shipment.head;
    TRY(check_turn(head, context.party));
    Outcome out;
    note_closed_site(facts, context, head.from_site, out);
    for (const ConsignmentLine* line : shipment.lines) take_back(facts, head, *line, out);
    Settlement(facts, rules, context, shipment, Arrival::cancelled, out).settle_papers();
    Consignment after = head;
    after.state = ConsignmentState::cancelled;
    after.settled = context.index;
    out.update(head, std::move(after));
    for (const std::string_view kind : {"receive", "carry"})
      close_obligation(facts, obligation_id(kind, consignment_subject(head.id)), context.index, out);
    return out;
  }

 private:
  Check check_turn(const Consignment& head, std::string_view author) const {
    if (head.sender != author) return refuse("not-the-sender").with("consignment", head.id).at("/consignment");
    if (head.state == ConsignmentState::dispatched) return Accepted{};
    return refuse("signed-by-others").with("consignment", head.id).at("/consignment");
  }

  /// A loss reported on the road has left it already, and stays lost.
  static void take_back(const Facts& facts, const Consignment& head, const ConsignmentLine& line, Outcome& out) {
    const std::string road = transit_account(head.id);
    const std::int64_t on_road = facts.balance(road, line.substance, line.lot);
    out.move(line.substance, line.lot, road, site_account(head.from_site), std::min(on_road, line.shipped));
  }

  std::string consignment_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_cancel(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferCancel>(payload, rules);
}

}  // namespace registry
