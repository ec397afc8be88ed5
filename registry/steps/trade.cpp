#include <algorithm>
#include <array>

#include "registry/rules/trade_rules.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/obligations.h"
#include "registry/steps/paper.h"
#include "registry/steps/permit_duties.h"
#include "registry/steps/quota.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sale_cancel.h"
#include "registry/steps/sale_rules.h"

namespace registry {
namespace {

constexpr std::string_view kReport = "report-transfer";
constexpr std::size_t kContractMax = 80;
constexpr std::int64_t kDosesMax = 1'000'000'000;

std::string subject_of(std::string_view sale) { return sale_subject(sale); }

/// Medicines are reported through their own network, without a period for each sale; of several filings the strictest
/// counts (HAZ-41 beside 445-19-b).
bool is_late(const RulePack& rules, const Substance& substance, TradeSide side, Date sold_on, UtcTime now) {
  const auto filings = rules.trade().filings(substance, side, sold_on);
  return std::any_of(filings.begin(), filings.end(),
                     [&](const Filing* filing) { return now >= rules.due(rules.deadline(filing->id), sold_on); });
}

Finding late_filing(std::string_view sale, const StepContext& context, const Substance& substance) {
  Finding finding = make_finding("late-filing", context.party, subject_of(sale), Severity::high);
  finding.substance = substance.code;
  finding.to_index = context.index;
  return finding;
}

/// The seller's half of a sale. An intention: the buyer's paper must stand and is drawn on before goods can move.
class SaleRecord : public Step {
 public:
  SaleRecord(PayloadReader& in, const RulePack& rules) : rules_(rules) { read(in); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Sale>(deal_.sale);
    keys.want<Party>(author);
    keys.want<Party>(deal_.buyer);
    if (!deal_.consignee.empty()) keys.want<Party>(deal_.consignee);
    want_decisions(keys);
    keys.want<PersonPurchase>(deal_.buyer, deal_.substance, std::to_string(deal_.sold_on.year()));
    keys.want<Obligation>(sale_confirmation(deal_.sale));
    want_paper(known, deal_.permit, keys);
    want_paper(known, deal_.licence, keys);
    for (const PermitPurpose purpose : {PermitPurpose::produce, PermitPurpose::trade})
      want_filing(rules_, author, purpose, deal_.substance, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_new_id<Sale>(facts, deal_.sale, "/sale"));
    const Traders traders = TRY(check_traders(facts, context, deal_));
    TRY(check_not_future(deal_.sold_on, context, "/sold_on"));
    const Date today = local_date(context.rtime);
    const Substance* substance = TRY(check_substance(rules, deal_.substance, today, "/substance"));
    const std::int64_t amount = TRY(check_amount(*deal_.quantity, *substance, "/quantity"));
    TRY(check_buyer(facts, rules, deal_, *substance, traders));
    TRY(check_payment(rules, deal_, *substance, traders));
    TRY(check_consignee(facts, deal_));
    TRY(check_seller_checks(rules, deal_, *substance));
    Outcome out;
    TRY(check_standing(facts, context, rules, *substance, traders, out));
    const Permit* paper = TRY(check_purchase(facts, rules, deal_, *substance, traders, amount, today));
    TRY(check_channel(facts, rules, deal_, *substance, traders));
    auto bought = TRY(check_year(facts, rules, deal_, *substance, traders, amount));
    TRY(hold(facts, paper, *substance, amount, out));
    if (bought) out.put(std::move(*bought));
    record(context, amount, out);
    open_obligation(out, rules, context, "confirm-sale", subject_of(deal_.sale), deal_.buyer);
    open_reports(rules, context, out);
    if (is_late(rules, *substance, TradeSide::seller, deal_.sold_on, context.rtime))
      add_finding(out, context, late_filing(deal_.sale, context, *substance));
    if (!missing_check(rules, deal_, *substance).empty()) add_finding(out, context, unchecked(context, *substance));
    return out;
  }

 private:
  void read(PayloadReader& in) {
    deal_.sale = in.id("sale");
    deal_.buyer = in.id("buyer");
    deal_.substance = in.id("substance");
    deal_.quantity = in.quantity("quantity");
    deal_.licence = in.optional_id("licence");
    deal_.permit = in.optional_id("permit");
    deal_.exemption = in.optional_id("exemption");
    deal_.form = in.has("form") ? in.one_of("form", {"small-pack", "tablets", "injections", "preparation"}) : "";
    deal_.doses = in.optional_integer("doses", 1, kDosesMax).value_or(0);
    deal_.payment = in.one_of("payment", {"transfer", "cheque", "cash", "barter"});
    deal_.sold_on = in.date("sold_on");
    in.optional_text("contract", kContractMax);
    deal_.consignee = in.optional_id("consignee");
    deal_.mandate = in.optional_text("mandate", kContractMax);
    if (in.has("checks"))
      deal_.checks = in.list_of("checks", {"paper-seen", "identity-seen", "mandate-seen", "copies-kept"});
  }

  /// The seller's licence; or the time that a trader, and a producer of its own product (445-11), has to file (445-13).
  Check check_standing(const Facts& facts, const StepContext& context, const RulePack& rules,
                       const Substance& substance, Traders traders, Outcome& out) const {
    const Check licensed = check_licence(facts, rules, deal_, substance, traders, local_date(context.rtime));
    if (licensed || !deal_.licence.empty()) return licensed;
    FirstAct act{context.party, traders.seller.kinds, PermitPurpose::produce, substance, deal_.sold_on};
    if (is_filing(facts, rules, act)) return Accepted{};
    act.purpose = PermitPurpose::trade;
    if (has_time_to_file(facts, context, rules, act, out)) return Accepted{};
    return licensed;
  }

  static Check hold(const Facts& facts, const Permit* paper, const Substance& substance, std::int64_t amount,
                    Outcome& out) {
    if (!paper) return Accepted{};
    Quota quota(facts, *paper, out);
    TRY(quota.check(substance, amount, "/permit"));
    quota.hold(substance.code, amount);
    return Accepted{};
  }

  /// What the use of an exemption asks afterwards: a filing of the giver; of a channel opened in an emergency both
  /// sides report (442-26, 72-26).
  void open_reports(const RulePack& rules, const StepContext& context, Outcome& out) const {
    const Exemption* exemption = rules.exemption(deal_.exemption);
    const Deadline* period = exemption ? rules.find_deadline(exemption->opens) : nullptr;
    if (!period) return;
    open_report(rules, context, *period, context.party, out);
    if (exemption->channel) open_report(rules, context, *period, deal_.buyer, out);
  }

  void open_report(const RulePack& rules, const StepContext& context, const Deadline& period, const std::string& party,
                   Outcome& out) const {
    Obligation open =
        make_obligation(kReport, subject_of(deal_.sale), party, rules.due(period, deal_.sold_on), context.index);
    open.id = sale_report(deal_.sale, party);
    open.rule = period.rule;
    out.put(std::move(open));
  }

  void record(const StepContext& context, std::int64_t amount, Outcome& out) const {
    Sale sale;
    sale.id = deal_.sale;
    sale.seller = context.party;
    sale.buyer = deal_.buyer;
    sale.substance = deal_.substance;
    sale.amount = amount;
    sale.permit = deal_.permit;
    sale.exemption = deal_.exemption;
    sale.form = deal_.form;
    sale.doses = deal_.doses;
    sale.sold_on = deal_.sold_on;
    sale.consignee = deal_.consignee;
    sale.seq = context.index;
    out.put(std::move(sale));
  }

  Finding unchecked(const StepContext& context, const Substance& substance) const {
    Finding finding = make_finding("copies-not-kept", context.party, subject_of(deal_.sale), Severity::low);
    finding.substance = substance.code;
    finding.to_index = context.index;
    return finding;
  }

  const RulePack& rules_;
  Deal deal_;
};

/// The buyer's half. A buyer that disputed may confirm later; the finding stays for the inspector.
class SaleConfirm : public Step {
 public:
  explicit SaleConfirm(PayloadReader& in) {
    sale_ = in.id("sale");
    quantity_ = in.quantity("quantity");
  }

  void need(const Facts&, std::string_view, FactKeys& keys) const override {
    keys.want<Sale>(sale_);
    keys.want<Obligation>(sale_confirmation(sale_));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Sale* sale = TRY(check_open_sale(facts, context.party));
    const Substance* substance = rules.substance(sale->substance);
    ensure(substance, "a recorded sale has a substance of the pack");
    const std::int64_t amount = TRY(check_amount(*quantity_, *substance, "/quantity"));
    Outcome out;
    answer(*sale, amount, context.index, out);
    close_obligation(facts, sale_confirmation(sale_), context.index, out);
    if (amount != sale->amount) add_finding(out, context, difference(*sale, amount, context, *substance));
    const bool is_first = sale->confirmed == kNone;
    if (is_first && is_late(rules, *substance, TradeSide::buyer, sale->sold_on, context.rtime))
      add_finding(out, context, late_filing(sale_, context, *substance));
    return out;
  }

 private:
  Result<const Sale*> check_open_sale(const Facts& facts, std::string_view author) const {
    const Sale* sale = facts.find<Sale>(sale_);
    if (!sale) return refuse("unknown-sale").with("sale", sale_).at("/sale");
    if (sale->buyer != author) return refuse("not-the-buyer").with("sale", sale_).at("/sale");
    if (sale->state == SaleState::cancelled) return refuse("sale-cancelled").with("sale", sale_).at("/sale");
    if (sale->confirmed != kNone && sale->state != SaleState::disputed)
      return refuse("sale-confirmed").with("sale", sale_).at("/sale");
    return sale;
  }

  static void answer(const Sale& sale, std::int64_t amount, std::int64_t index, Outcome& out) {
    Sale after = sale;
    after.confirmed = index;
    if (amount != sale.amount)
      after.state = SaleState::disputed;
    else if (sale.state != SaleState::delivered)
      after.state = SaleState::confirmed;
    out.update(sale, std::move(after));
  }

  Finding difference(const Sale& sale, std::int64_t amount, const StepContext& context,
                     const Substance& substance) const {
    Finding finding = make_finding("sale-disputed", sale.seller, subject_of(sale_), Severity::high);
    finding.substance = substance.code;
    finding.lo = finding.hi = sale.amount - amount;
    set_custody(finding, {.from = sale.seq, .to = context.index});
    return finding;
  }

  std::string sale_;
  std::optional<Quantity> quantity_;
};

}  // namespace

std::span<const StepType> trade_steps() {
  static constexpr std::array types{
      StepType{"sale.record", 1, parse_with_rules<SaleRecord>},
      StepType{"sale.confirm", 1, parse_step<SaleConfirm>},
      StepType{"sale.cancel", 1, parse_sale_cancel},
  };
  return types;
}

}  // namespace registry
