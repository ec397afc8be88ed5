#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
};

struct Traders {
  const Party& seller;
  const Party& buyer;
};

/// The author sells to another unit; both are verified.
Result<Traders> check_traders(const Facts& facts, const StepContext& context, const Deal& deal);

/// No cash and no barter, but for class 3 (445-5.3).
Check check_payment(const Deal& deal, const Substance& substance);

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
