#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/rules/pack.h"
#include "registry/steps/consignment.h"

namespace registry {

/// Goods seen in a stopped vehicle.
struct SeenGoods {
  const Substance* substance;
  std::int64_t amount;
  /// Empty where the label does not say.
  std::string lot;
};

/// What an officer sees at the roadside, and what the driver shows.
struct SeenOnRoad {
  std::string vehicle;
  /// Empty where the papers do not say.
  std::string paper_kind, owner, consignee, carrier, destination;
  bool paper_missing = false, seal_broken = false;
  std::vector<SeenGoods> goods;
};

/// What the registry knows of the vehicle's load; null where it knows nothing.
struct KnownLoad {
  const Shipment* shipment = nullptr;
  const Permit* permit = nullptr;
  /// Region of the site the goods go to.
  std::string destination;
  Date today;
};

/// A point in which the two differ; with an amount where it is one of goods.
struct StopDeviation {
  std::string kind;
  const ConsignmentLine* line = nullptr;
  std::int64_t seen = 0;
};

/// The seven points of 445-41, the paper's validity, vehicle and seal; none means green.
std::vector<StopDeviation> compare_stop(const RulePack& rules, const SeenOnRoad& seen, const KnownLoad& known);

}  // namespace registry
