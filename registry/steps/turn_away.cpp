#include "registry/steps/acts.h"
#include "registry/steps/consignment.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

/// The receiver does not take the goods; the sender must take them back.
class TransferRefuse : public Step {
 public:
  explicit TransferRefuse(PayloadReader& in) {
    consignment_ = in.id("consignment");
    in.text("reason", kReasonMax);
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    want_shipment(known, consignment_, keys);
    for (const std::string_view kind : {"receive", "accept"})
      keys.want<Obligation>(obligation_id(kind, consignment_subject(consignment_)));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Consignment& head = *TRY(find_shipment(facts, consignment_)).head;
    if (head.receiver != context.party)
      return refuse("not-the-receiver").with("consignment", head.id).at("/consignment");
    if (head.settled != kNone) return refuse("already-settled").with("consignment", head.id).at("/consignment");
    if (head.state == ConsignmentState::refused)
      return refuse("already-refused").with("consignment", head.id).at("/consignment");
    Outcome out;
    Consignment after = head;
    after.state = ConsignmentState::refused;
    out.update(head, std::move(after));
    for (const std::string_view kind : {"receive", "accept"})
      close_obligation(facts, obligation_id(kind, consignment_subject(head.id)), context.index, out);
    open_obligation(out, rules, context, "take-back", consignment_subject(head.id), head.sender);
    return out;
  }

 private:
  std::string consignment_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_refuse(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferRefuse>(payload, rules);
}

}  // namespace registry
