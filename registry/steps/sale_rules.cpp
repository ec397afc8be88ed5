#include "registry/steps/sale_rules.h"

#include <algorithm>

#include "registry/rules/trade_rules.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/exemption.h"
#include "registry/steps/paper.h"

namespace registry {
namespace {

/// "yes" where an officer has decided that individuals may buy potassium permanganate (EX-17 against HAZ-41).
constexpr std::string_view kToPersons = "permanganate_to_persons";
constexpr char kMandateSeen[] = "mandate-seen";

/// Whether the unit is of one of the kinds; none means any.
bool is_any_of(const Party& party, const std::vector<std::string>& kinds) {
  return kinds.empty() ||
         std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) { return has_code(party.kinds, kind); });
}

/// A gift from one user to another under a provincial rule (law.md 1.8): the giver is no trader.
bool waives_licence(const RulePack& rules, const Deal& deal, const Substance& substance) {
  const Exemption* exemption = rules.exemption(deal.exemption);
  return exemption && !exemption->channel && deal.licence.empty() &&
         rules.covers(*exemption, PermitPurpose::trade, substance);
}

/// A producer sells its own product on its production licence (445-11).
PermitPurpose purpose_of(const Facts& facts, const RulePack& rules, std::string_view licence) {
  const Permit* paper = facts.find<Permit>(licence);
  const PermitKind* kind = paper ? rules.permit_kind(paper->kind) : nullptr;
  return kind && kind->purpose == PermitPurpose::produce ? PermitPurpose::produce : PermitPurpose::trade;
}

Refusal missing_paper(std::string_view rule, const RulePack& rules, PermitPurpose purpose, const Substance& substance,
                      std::string_view pointer) {
  return refuse(rule)
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .with("kinds", rules.kinds_for(purpose, substance))
      .at(std::string(pointer));
}

}  // namespace

Result<Traders> check_traders(const Facts& facts, const StepContext& context, const Deal& deal) {
  const Party* from = TRY(check_author(facts, context));
  if (deal.buyer == context.party) return refuse("buyer-is-seller").with("party", deal.buyer).at("/buyer");
  const Party* to = TRY(check_partner(facts, deal.buyer, "/buyer"));
  return Traders{*from, *to};
}

Check check_payment(const RulePack& rules, const Deal& deal, const Substance& substance, Traders traders) {
  const PaymentBan* ban = rules.trade().payment_ban(substance, deal.payment, traders.buyer.kinds, deal.sold_on);
  if (!ban) return Accepted{};
  return refuse("no-cash")
      .with("payment", deal.payment)
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .with("article", ban->article)
      .with("confidence", ban->confidence)
      .at("/payment");
}

void want_decisions(FactKeys& keys) { keys.want<Setting>(kToPersons); }

Check check_buyer(const Facts& facts, const RulePack& rules, const Deal& deal, const Substance& substance,
                  Traders traders) {
  const BuyerBan* ban = rules.trade().buyer_ban(substance, traders.buyer.kinds, deal.sold_on);
  if (!ban) return Accepted{};
  if (ban->unless_setting == kToPersons) {
    const auto* decided = facts.find<Setting>(kToPersons);
    if (decided && decided->value == "yes") return Accepted{};
  }
  return refuse("buyer-banned")
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .with("ban", ban->id)
      .with("article", ban->article)
      .with("confidence", ban->confidence)
      .at("/buyer");
}

Check check_consignee(const Facts& facts, const Deal& deal) {
  if (deal.consignee.empty()) return Accepted{};
  if (deal.mandate.empty()) return refuse("mandate-required").with("consignee", deal.consignee).at("/mandate");
  TRY(check_partner(facts, deal.consignee, "/consignee"));
  return Accepted{};
}

std::string missing_check(const RulePack& rules, const Deal& deal, const Substance& substance) {
  const auto has = [&](const std::string& check) {
    return std::find(deal.checks.begin(), deal.checks.end(), check) != deal.checks.end();
  };
  if (!deal.mandate.empty() && !has(kMandateSeen)) return kMandateSeen;
  const SellerChecks* asked = rules.trade().seller_checks(substance, deal.sold_on);
  if (!asked) return {};
  for (const std::string& check : asked->checks)
    if (!has(check)) return check;
  return {};
}

Check check_seller_checks(const RulePack& rules, const Deal& deal, const Substance& substance) {
  const std::string missing = missing_check(rules, deal, substance);
  const SellerChecks* asked = rules.trade().seller_checks(substance, deal.sold_on);
  const bool is_certain = !deal.mandate.empty() || (asked && asked->is_refused);
  if (missing.empty() || !is_certain) return Accepted{};
  return refuse("seller-checks-missing")
      .with("missing", missing)
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .at("/checks");
}

Result<std::optional<PersonPurchase>> check_year(const Facts& facts, const RulePack& rules, const Deal& deal,
                                                 const Substance& substance, Traders traders, std::int64_t amount) {
  std::optional<PersonPurchase> row;
  const Exemption* exemption = deal.exemption.empty() ? nullptr : rules.exemption(deal.exemption);
  if (!exemption || exemption->year_max == 0) return row;
  row.emplace(PersonPurchase{traders.buyer.id, substance.code, std::to_string(deal.sold_on.year()), 0});
  if (const auto* before = facts.find<PersonPurchase>(row->party, row->substance, row->year)) row = *before;
  if (row->amount + amount > exemption->year_max)
    return refuse("year-exceeded")
        .with("exemption", exemption->id)
        .with("most", format_amount(exemption->year_max, substance.unit))
        .with("bought", format_amount(row->amount, substance.unit))
        .with("year", row->year)
        .with("article", exemption->article)
        .with("confidence", exemption->confidence)
        .at("/quantity");
  row->amount += amount;
  return row;
}

Check check_licence(const Facts& facts, const RulePack& rules, const Deal& deal, const Substance& substance,
                    Traders traders, Date today) {
  if (!rules.needs_permit(PermitPurpose::trade, substance) || waives_licence(rules, deal, substance)) return Accepted{};
  if (deal.licence.empty())
    return missing_paper("sale-licence-required", rules, PermitPurpose::trade, substance, "/licence");
  const PaperUse use{.purpose = purpose_of(facts, rules, deal.licence),
                     .holder = traders.seller.id,
                     .act_day = deal.sold_on,
                     .today = today,
                     .pointer = "/licence"};
  TRY(check_paper(facts, rules, deal.licence, substance, use));
  return Accepted{};
}

Result<const Permit*> check_purchase(const Facts& facts, const RulePack& rules, const Deal& deal,
                                     const Substance& substance, Traders traders, std::int64_t amount, Date today) {
  const Permit* none = nullptr;
  if (!deal.exemption.empty()) {
    const Exemption* exemption = rules.exemption(deal.exemption);
    const bool is_free = !exemption || rules.covers(*exemption, PermitPurpose::purchase, substance);
    TRY(check_exemption(facts, rules, substance,
                        {.id = deal.exemption,
                         .waives = is_free ? PermitPurpose::purchase : PermitPurpose::trade,
                         .party = traders.buyer,
                         .paper = deal.permit,
                         .amount = amount,
                         .form = deal.form,
                         .doses = deal.doses,
                         .act_day = deal.sold_on,
                         .today = today}));
    if (is_free) return none;
  }
  if (deal.permit.empty() && !rules.needs_permit(PermitPurpose::purchase, substance)) return none;
  if (deal.permit.empty())
    return missing_paper("purchase-permit-required", rules, PermitPurpose::purchase, substance, "/permit");
  return check_paper(facts, rules, deal.permit, substance,
                     {.purpose = PermitPurpose::purchase,
                      .holder = traders.buyer.id,
                      .act_day = deal.sold_on,
                      .today = today,
                      .supplier = traders.seller.id,
                      .consignee = deal.consignee.empty() ? traders.buyer.id : deal.consignee});
}

Check check_channel(const Facts& facts, const RulePack& rules, const Deal& deal, const Substance& substance,
                    Traders traders) {
  const Permit* paper = deal.permit.empty() ? nullptr : facts.find<Permit>(deal.permit);
  const ChannelAnswer answer = rules.judge_channel({.substance = substance,
                                                    .form = deal.form,
                                                    .seller_kinds = traders.seller.kinds,
                                                    .buyer_kinds = traders.buyer.kinds,
                                                    .seller_region = traders.seller.region,
                                                    .buyer_region = traders.buyer.region,
                                                    .paper_kind = paper ? std::string_view(paper->kind) : "",
                                                    .exemption = deal.exemption});
  if (answer.allowed) return Accepted{};
  const bool may_sell = is_any_of(traders.seller, answer.row->sellers);
  return refuse("channel-forbidden")
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .with("seller_kinds", traders.seller.kinds)
      .with("buyer_kinds", traders.buyer.kinds)
      .with("channel", answer.row->id)
      .with("article", answer.row->article)
      .with("confidence", answer.row->confidence)
      .at(may_sell ? "/buyer" : "header/party");
}

}  // namespace registry
