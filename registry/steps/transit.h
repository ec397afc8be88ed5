#pragma once

#include <string_view>

#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"

// Deviations of goods on the road.
namespace registry {

/// A finding about one line of a consignment, held against the custodian.
Finding transit_finding(std::string_view kind, const Shipment& shipment, const RulePack& rules,
                        const ConsignmentLine& line, const Deviation& deviation, const Custody& where);

/// A lot that should not be in the consignment.
Finding unexpected_finding(const Shipment& shipment, const RulePack& rules, const ExtraLot& extra,
                           const Custody& where);

/// In whose hands a line was between the last signed measurement that agrees with what was shipped and the first that
/// does not, now that `counted` is known in the entry `index`. `weighed` is the newest measurement on the road, by an
/// officer who stopped the vehicle, or null.
Custody locate(const RulePack& rules, const Consignment& head, const ConsignmentLine& line, const Measurement* weighed,
               std::int64_t counted, std::int64_t index);

/// Something was weighed or taken out of the book while the line was on the road: what was found there must be asked
/// for before it is counted.
bool is_watched(const Consignment& head, const ConsignmentLine& line);
void want_watched(const Facts& known, const Consignment& head, const ConsignmentLine& line, FactKeys& keys);

}  // namespace registry
