#pragma once

#include <optional>
#include <string>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// What inspectors and roadside officers did. Empty members of a filter do not filter; the newest come first.
namespace registry {

struct StopFilter {
  std::string consignment, vehicle, agency;
  std::optional<StopResult> result;
};
PageOf<Stop> list_stops(Reader& reader, const StopFilter& filter, const Page& page);

struct InspectionFilter {
  std::string party, site, agency;
  std::optional<InspectionResult> result;
};
PageOf<Inspection> list_inspections(Reader& reader, const InspectionFilter& filter, const Page& page);

struct SeizureFilter {
  std::string party, agency, substance;
};
PageOf<Seizure> list_seizures(Reader& reader, const SeizureFilter& filter, const Page& page);

}  // namespace registry
