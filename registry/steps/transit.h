#pragma once

#include <string_view>
#include <vector>

#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/road.h"

// Deviations of goods on the road.
namespace registry {

/// A finding about one line of a consignment, held against the custodian.
Finding transit_finding(std::string_view kind, const Shipment& shipment, const RulePack& rules,
                        const ConsignmentLine& line, const Deviation& deviation, const Custody& where);

/// A lot that should not be in the consignment.
Finding unexpected_finding(const Shipment& shipment, const RulePack& rules, const ExtraLot& extra,
                           const Custody& where);

/// Something was measured or taken out of the book while the line was on the road: what was found there must be asked
/// for before it is counted.
bool is_watched(const Consignment& head, const ConsignmentLine& line);
void want_watched(const Facts& known, const Consignment& head, const ConsignmentLine& line, FactKeys& keys);

/// Asks for the findings that show goods missing from the road already, line by line.
void want_road_shortages(const Facts& known, const Consignment& head, FactKeys& keys);

/// In whose hands line `at` of the shipment was between the last signed measurement that agrees with what was shipped
/// and the first that does not, now that `counted` is known in the entry `index`.
Custody locate(const RulePack& rules, const Shipment& shipment, std::size_t at, const std::vector<RoadPoint>& road,
               std::int64_t counted, std::int64_t index);

}  // namespace registry
