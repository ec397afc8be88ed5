#include "registry/steps/ask.h"
#include "registry/steps/consignment.h"
#include "registry/steps/obligations.h"
#include "registry/steps/permit_duties.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/settlement.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

/// The end of a movement: counted goods go into stock and the papers are settled. By the receiver, or by the sender for
/// goods that were refused and are back.
class TransferAccept : public Step {
 public:
  TransferAccept(PayloadReader& in, const RulePack& rules) : rules_(rules), consignment_(in.id("consignment")) {}

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    want_shipment(known, consignment_, keys);
    for (const std::string_view kind : {"receive", "accept", "take-back"})
      keys.want<Obligation>(obligation_id(kind, consignment_subject(consignment_)));
    const auto* head = ask<Consignment>(known, keys, consignment_);
    if (!head) return;
    keys.want<Site>(site(*head));
    want_settlement(known, *head, keys);
    for (std::size_t n = 1; n <= static_cast<std::size_t>(head->lines); ++n)
      if (const auto* line = ask<ConsignmentLine>(known, keys, head->id, line_number(n)))
        want_goods_duties(rules_, line->substance, owner(*head), site(*head), keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    const Consignment& head = *shipment.head;
    TRY(check_turn(facts, head, context.party));
    const Arrival arrival = is_back(head) ? Arrival::returned : Arrival::accepted;
    Outcome out;
    note_closed_site(facts, context, site(head), out);
    Settlement settlement(facts, rules, context, shipment, arrival, out);
    settlement.take_in();
    settlement.settle_papers();
    close(head, arrival, context.index, out);
    start_duties(facts, shipment, context, rules, out);
    for (const std::string_view kind : {"receive", "accept", "take-back"})
      close_obligation(facts, obligation_id(kind, consignment_subject(head.id)), context.index, out);
    return out;
  }

 private:
  static bool is_back(const Consignment& head) { return head.state == ConsignmentState::refused; }
  static const std::string& owner(const Consignment& head) { return is_back(head) ? head.sender : head.receiver; }
  static const std::string& site(const Consignment& head) { return is_back(head) ? head.from_site : head.to_site; }

  /// What goods that lie here now bring with them, and what follows an arrival under their paper.
  static void start_duties(const Facts& facts, const Shipment& shipment, const StepContext& context,
                           const RulePack& rules, Outcome& out) {
    const Consignment& head = *shipment.head;
    for (const ConsignmentLine* line : shipment.lines)
      if (line->counted > 0)
        start_for_goods(facts, context, rules, substance_of(rules, *line), owner(head), site(head), out);
    const Permit* paper = head.permit.empty() ? nullptr : facts.find<Permit>(head.permit);
    if (paper && !is_back(head)) open_arrival_duties(context, rules, *paper, head.id, head.receiver, out);
  }

  static Check check_turn(const Facts& facts, const Consignment& head, std::string_view author) {
    const bool back = is_back(head);
    if (author != owner(head))
      return refuse(back ? "not-the-sender" : "not-the-receiver").with("consignment", head.id).at("/consignment");
    if (head.settled != kNone) return refuse("already-settled").with("consignment", head.id).at("/consignment");
    const bool is_counted = back ? is_counted_back(facts, head) : head.state == ConsignmentState::counted;
    if (is_counted) return Accepted{};
    return refuse("not-counted").with("consignment", head.id).at("/consignment");
  }

  static void close(const Consignment& head, Arrival arrival, std::int64_t index, Outcome& out) {
    Consignment after = head;
    after.state = arrival == Arrival::returned ? ConsignmentState::returned : ConsignmentState::accepted;
    after.settled = index;
    out.update(head, std::move(after));
  }

  const RulePack& rules_;
  std::string consignment_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_accept(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<TransferAccept>(payload, rules);
}

}  // namespace registry
