#include "api/routes/oversight_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/oversight.h"

namespace api {
namespace {

using namespace registry;

Result<Response> list_of_stops(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  StopFilter filter;
  filter.consignment = TRY(query_text(request, "consignment"));
  filter.vehicle = TRY(query_text(request, "vehicle"));
  filter.agency = TRY(query_text(request, "agency"));
  filter.result = TRY(query_enum<StopResult>(request, "result"));
  return list_page(service, request, "listStops", [&](const Page& page, Json& rows) {
    auto found = list_stops(*reader, filter, page);
    for (const Stop& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

Result<Response> list_of_inspections(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  InspectionFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.site = TRY(query_text(request, "site"));
  filter.agency = TRY(query_text(request, "agency"));
  filter.result = TRY(query_enum<InspectionResult>(request, "result"));
  return list_page(service, request, "listInspections", [&](const Page& page, Json& rows) {
    auto found = list_inspections(*reader, filter, page);
    for (const Inspection& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

Result<Response> list_of_seizures(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  SeizureFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.agency = TRY(query_text(request, "agency"));
  filter.substance = TRY(query_text(request, "substance"));
  return list_page(service, request, "listSeizures", [&](const Page& page, Json& rows) {
    auto found = list_seizures(*reader, filter, page);
    for (const Seizure& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

}  // namespace

Routes oversight_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {
      list_route("/v1/stops", "listStops", "Vehicles stopped on the road 路检, green or red, the newest first.",
                 kByRights, row_schema<Stop>(),
                 {text_parameter("consignment", "Its number."), text_parameter("vehicle", "Plate."),
                  text_parameter("agency", "Who stopped it."), choice_parameter<StopResult>("result", "Green or red.")},
                 with(list_of_stops)),
      list_route("/v1/inspections", "listInspections", "Inspections of sites 监督检查, the newest first.", kByRights,
                 row_schema<Inspection>(),
                 {text_parameter("party", "Whose site."), text_parameter("site", "Its id."),
                  text_parameter("agency", "Who inspected."),
                  choice_parameter<InspectionResult>("result", "What came of it.")},
                 with(list_of_inspections)),
      list_route("/v1/seizures", "listSeizures", "Goods that agencies took 收缴, the newest first.", kByRights,
                 row_schema<Seizure>(),
                 {text_parameter("party", "From whom."), text_parameter("agency", "Who took them."),
                  text_parameter("substance", "Its code.")},
                 with(list_of_seizures))};
}

}  // namespace api
