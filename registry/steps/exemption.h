#pragma once

#include <cstdint>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"

namespace registry {

/// A case in which an author says that no paper is needed.
struct ExemptionUse {
  std::string_view id;
  PermitPurpose waives = PermitPurpose::purchase;
  /// Whose case it is: the buyer of a purchase, the receiver of a transport.
  const Party& party;
  /// The paper named in its stead; may be empty where the exemption asks for none.
  std::string_view paper;
  /// What is bought or moved in this one event.
  std::int64_t amount = 0;
  /// Form and doses of the goods, as the sale states them.
  std::string_view form = {};
  std::int64_t doses = 0;
  Date act_day = {}, today = {};
};

/// Refuses (exemption-not-applicable) unless the rules have the exemption for the purpose, substance, kind of party and
/// amount, and the party holds the paper that stands in (EX-16: its seal card). A yearly maximum is not summed here:
/// the exemption stays on record with its sale, and the sum is for inspection.
Check check_exemption(const Facts& facts, const RulePack& rules, const Substance& substance, const ExemptionUse& use);

}  // namespace registry
