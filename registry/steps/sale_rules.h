#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

namespace registry {

/// A sale as its seller states it.
struct Deal {
  std::string sale, buyer, substance, licence, permit, exemption, payment;
  /// small-pack, tablets, injections, preparation; empty for the raw substance. Doses of what comes in doses.
  std::string form;
  std::int64_t doses = 0;
  std::optional<Quantity> quantity;
  Date sold_on;
  /// Who gets the goods under a written mandate 委托, where that is not the buyer.
  std::string consignee, mandate;
  /// What the seller says it has checked (445-18).
  std::vector<std::string> checks;
};

struct Traders {
  const Party& seller;
  const Party& buyer;
};

/// The author sells to another unit; both are verified.
Result<Traders> check_traders(const Facts& facts, const StepContext& context, const Deal& deal);

/// No cash and no barter, but for individuals who buy what they may (445-5.3, 442-30): no-cash.
Check check_payment(const RulePack& rules, const Deal& deal, const Substance& substance, Traders traders);

/// The buyer may buy this at all (445-16.2, HAZ-41): buyer-banned. Asks the setting by which an officer decided between
/// two laws; `want_decisions` asks for all of them.
Check check_buyer(const Facts& facts, const RulePack& rules, const Deal& deal, const Substance& substance,
                  Traders traders);
void want_decisions(FactKeys& keys);

/// Goods go to another than the buyer on a written mandate only (WO-7): mandate-required, unknown-party,
/// partner-not-verified. Needs Party `deal.consignee`.
Check check_consignee(const Facts& facts, const Deal& deal);

/// The first check that the law asks and the seller does not state; empty where none is missing. With a mandate it must
/// have been seen.
std::string missing_check(const RulePack& rules, const Deal& deal, const Substance& substance);
/// For a class 1 sale a check that was not made refuses the sale (445-18): seller-checks-missing.
Check check_seller_checks(const RulePack& rules, const Deal& deal, const Substance& substance);

/// What the individual has bought under an exemption with a yearly maximum (EX-17), with this amount:
/// year-exceeded. Nothing to record for other buyers. Needs PersonPurchase of buyer, substance and year.
Result<std::optional<PersonPurchase>> check_year(const Facts& facts, const RulePack& rules, const Deal& deal,
                                                 const Substance& substance, Traders traders, std::int64_t amount);

/// The seller holds a standing paper to trade or to produce the substance, where the law asks one.
Check check_licence(const Facts& facts, const RulePack& rules, const Deal& deal, const Substance& substance,
                    Traders traders, Date today);

/// The buyer's paper for this purchase, checked but for its quota; null where none is needed or an exemption stands in.
Result<const Permit*> check_purchase(const Facts& facts, const RulePack& rules, const Deal& deal,
                                     const Substance& substance, Traders traders, std::int64_t amount, Date today);

/// The channel matrix of the pack allows the two to deal in these goods (72-22 to 26, 442-24 to 28); the refusal names
/// the article of the row that forbids, or of the nearest that would allow. Needs the paper that the sale names.
Check check_channel(const Facts& facts, const RulePack& rules, const Deal& deal, const Substance& substance,
                    Traders traders);

}  // namespace registry
