#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/lots.h"

namespace registry {

/// Goods about to leave, with everything that stands for them.
struct Departure {
  const Party& sender;
  const Party& receiver;
  const Site& from;
  const Site& to;
  const std::vector<LotAmount>& lots;
  std::string_view carrier, sale, permit, exemption;
  Date today;
};

/// To another party goods go only under a sale between the two, of this substance, with enough of it not yet shipped
/// and a purchase paper still in force. The sale, or null between two sites of one party.
Result<const Sale*> check_sale(const Facts& facts, const Departure& departure);

/// Across a border goods go only under a transport paper that names these parties and places, or an exemption. Draws on
/// the paper.
Check draw_transport(const Facts& facts, const RulePack& rules, const Departure& departure, const Sale* sale,
                     std::string_view key_areas, Outcome& out);

/// Goods that a wholesaler must bring (442-28, 72-29): to the receiver's pharmacy, and not by the receiver itself. Else
/// delivery-to-pharmacy, hospital-may-not-collect. Goods that stay within one unit are free.
Check check_delivery(const RulePack& rules, const Departure& departure);

}  // namespace registry
