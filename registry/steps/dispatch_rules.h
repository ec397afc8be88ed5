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
  /// The sale whose goods go back; empty on the way out.
  std::string_view returns = {};
};

/// To another party goods go only under a sale between the two, of this substance, with enough of it not yet shipped
/// and a purchase paper still in force. The sale, or null between two sites of one party.
Result<const Sale*> check_sale(const Facts& facts, const Departure& departure);

/// The buyer sends goods of a sale back to the seller (WO-8): no more than was delivered, and only while the paper on
/// which they were bought can take them back. Else return-of-others, return-exceeded, return-needs-new-permit: then
/// the returner sells them, on a new paper of the other side.
Result<const Sale*> check_return(const Facts& facts, const Departure& departure);

/// Across a border goods go only under a transport paper that names these parties and places, or an exemption. Draws on
/// the paper. Of substances whose paper is asked on every transport (442-52) the same inside a city.
Check draw_transport(const Facts& facts, const RulePack& rules, const Departure& departure, const Sale* sale,
                     std::string_view key_areas, Outcome& out);

/// Goods that a wholesaler must bring (442-28, 72-29): to the receiver's pharmacy, and not by the receiver itself. Else
/// delivery-to-pharmacy, hospital-may-not-collect. Goods that stay within one unit are free.
Check check_delivery(const RulePack& rules, const Departure& departure);

}  // namespace registry
