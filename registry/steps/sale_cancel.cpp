#include "registry/steps/sale_cancel.h"

#include <algorithm>

#include "registry/steps/ask.h"
#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"
#include "registry/steps/paper.h"
#include "registry/steps/quota.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

/// Calls off what of a sale was not sent; what is on the road settles as usual. The seller alone before the buyer has
/// confirmed, both after; once the buyer's paper can carry no delivery any more, either of them.
class SaleCancel : public Step {
 public:
  explicit SaleCancel(PayloadReader& in) : sale_(in.id("sale")) { in.text("reason", kReasonMax); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Obligation>(sale_confirmation(sale_));
    if (const Sale* sale = ask<Sale>(known, keys, sale_)) {
      want_paper(known, sale->permit, keys);
      if (!sale->exemption.empty())
        for (const std::string& party : {sale->seller, sale->buyer}) keys.want<Obligation>(sale_report(sale_, party));
      keys.want<PersonPurchase>(sale->buyer, sale->substance, std::to_string(sale->sold_on.year()));
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_author(facts, context));
    const Sale* sale = facts.find<Sale>(sale_);
    if (!sale) return refuse("unknown-sale").with("sale", sale_).at("/sale");
    const Permit* paper = sale->permit.empty() || !sale->exemption.empty() ? nullptr : facts.find<Permit>(sale->permit);
    TRY(check_right(*sale, paper, context));
    const std::int64_t rest = sale->amount - sale->dispatched;
    if (sale->state == SaleState::cancelled || rest <= 0)
      return refuse("nothing-to-cancel").with("sale", sale_).at("/sale");
    Outcome out;
    release(facts, *sale, paper, rest, context.index, out);
    Sale after = *sale;
    if (sale->state != SaleState::delivered) after.state = SaleState::cancelled;
    after.cancelled = context.index;
    out.update(*sale, std::move(after));
    close_obligation(facts, sale_confirmation(sale_), context.index, out);
    if (!sale->exemption.empty() && sale->dispatched == 0) end_reports(facts, *sale, context.index, out);
    return out;
  }

 private:
  /// Nothing was handed over.
  static void end_reports(const Facts& facts, const Sale& sale, std::int64_t index, Outcome& out) {
    for (const std::string& party : {sale.seller, sale.buyer})
      close_obligation(facts, sale_report(sale.id, party), index, out);
  }

  Check check_right(const Sale& sale, const Permit* paper, const StepContext& context) const {
    if (context.party != sale.seller && context.party != sale.buyer)
      return refuse("not-your-sale").with("sale", sale_).at("/sale");
    if (sale.cancelled != kNone) return refuse("nothing-to-cancel").with("sale", sale_).at("/sale");
    if (paper && is_over(*paper, local_date(context.rtime))) return Accepted{};
    if (sale.confirmed == kNone && context.party == sale.seller) return Accepted{};
    for (const std::string& party : {sale.seller, sale.buyer})
      if (!has_signed(context, party)) return refuse("cancel-needs-both").with("party", party).at("/sale");
    return Accepted{};
  }

  /// A suspended or lost one may be restored.
  static bool is_over(const Permit& paper, Date today) {
    const bool may_live = paper.status == PermitStatus::issued || paper.status == PermitStatus::suspended ||
                          paper.status == PermitStatus::lost;
    return !may_live || paper.valid_to < today;
  }

  /// What was promised to it is free again; so is what an individual may buy in the year.
  static void release(const Facts& facts, const Sale& sale, const Permit* paper, std::int64_t rest, std::int64_t index,
                      Outcome& out) {
    if (paper) {
      Quota quota(facts, *paper, out);
      quota.settle(sale.substance, 0, rest);
      quota.finish(Quota::Delivery::none, index);
    }
    const std::string year = std::to_string(sale.sold_on.year());
    const auto* bought = facts.find<PersonPurchase>(sale.buyer, sale.substance, year);
    if (!bought || sale.exemption.empty()) return;
    PersonPurchase after = *bought;
    after.amount -= std::min(after.amount, rest);
    out.update(*bought, std::move(after));
  }

  std::string sale_;
};

}  // namespace

std::string sale_subject(std::string_view sale) { return "sale:" + std::string(sale); }
std::string sale_confirmation(std::string_view sale) { return obligation_id("confirm-sale", sale_subject(sale)); }
std::string sale_report(std::string_view sale, std::string_view party) {
  return obligation_id("report-transfer", sale_subject(sale) + ":" + std::string(party));
}

Result<std::unique_ptr<Step>> parse_sale_cancel(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<SaleCancel>(payload, rules);
}

}  // namespace registry
