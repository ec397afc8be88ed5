#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/domain/working_set.h"
#include "registry/steps/consignment.h"

namespace registry {

/// A signature on the road: from here on `custodian` had the goods.
struct RoadPoint {
  std::int64_t index = kNone;
  std::string custodian;
  /// For each line of the consignment, kNone where it was not measured; none where nobody counted.
  std::vector<std::int64_t> amounts;
};

/// Asks for the handovers of a consignment, what was counted at them, and what officers weighed on the way.
void want_road(const Facts& known, const Consignment& head, FactKeys& keys);

/// Dispatch, pick-up and handovers, in order of custody, and the newest roadside weighing of each line where it falls.
std::vector<RoadPoint> road_of(const Facts& facts, const Shipment& shipment);

}  // namespace registry
