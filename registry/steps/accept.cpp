#include "registry/steps/consignment.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"
#include "registry/steps/settlement.h"

namespace registry {
namespace {

/// The end of a movement: counted goods go into stock and the papers are settled. By the receiver, or by the sender for
/// goods that were refused and are back.
class TransferAccept : public Step {
 public:
  explicit TransferAccept(PayloadReader& in) { consignment_ = in.id("consignment"); }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    want_shipment(known, consignment_, keys);
    for (const std::string_view kind : {"receive", "accept", "take-back"})
      keys.want<Obligation>(obligation_id(kind, consignment_subject(consignment_)));
    if (!known.knows<Consignment>(consignment_)) return;
    if (const auto* head = known.find<Consignment>(consignment_)) want_settlement(known, *head, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Shipment shipment = TRY(find_shipment(facts, consignment_));
    const Consignment& head = *shipment.head;
    TRY(check_turn(facts, head, context.party));
    const Arrival arrival = head.state == ConsignmentState::refused ? Arrival::returned : Arrival::accepted;
    Outcome out;
    Settlement settlement(facts, rules, context, shipment, arrival, out);
    settlement.take_in();
    settlement.settle_papers();
    close(head, arrival, context.index, out);
    for (const std::string_view kind : {"receive", "accept", "take-back"})
      close_obligation(facts, obligation_id(kind, consignment_subject(head.id)), context.index, out);
    return out;
  }

 private:
  static Check check_turn(const Facts& facts, const Consignment& head, std::string_view author) {
    const bool is_back = head.state == ConsignmentState::refused;
    if (author != (is_back ? head.sender : head.receiver))
      return refuse(is_back ? "not-the-sender" : "not-the-receiver").with("consignment", head.id).at("/consignment");
    if (head.settled != kNone) return refuse("already-settled").with("consignment", head.id).at("/consignment");
    const bool is_counted = is_back ? is_counted_back(facts, head) : head.state == ConsignmentState::counted;
    if (is_counted) return Accepted{};
    return refuse("not-counted").with("consignment", head.id).at("/consignment");
  }

  static void close(const Consignment& head, Arrival arrival, std::int64_t index, Outcome& out) {
    Consignment after = head;
    after.state = arrival == Arrival::returned ? ConsignmentState::returned : ConsignmentState::accepted;
    after.settled = index;
    out.update(head, std::move(after));
  }

  std::string consignment_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_accept(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferAccept>(payload, rules);
}

}  // namespace registry
