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

/// Medicines go from producers and wholesalers to hospitals, wholesalers and producers; to others on a paper only, and
/// never out of a hospital (442-24 to 28).
Check check_channel(const Substance& substance, Traders traders, const Permit* purchase_paper);

}  // namespace registry
