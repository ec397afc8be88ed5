#include "api/routes/coverage_routes.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/coverage.h"

namespace api {
namespace {

using namespace registry;

const std::vector<std::string_view> kWhat = {"unit", "carrier", "plate", "foreign"};

constexpr const char* kCoverageSchema =
    R"({"type":"object","required":["total","regions"],"properties":{"total":{"type":"object"},"regions":{"type":"array",)"
    R"("items":{"type":"object","properties":{"region":{"type":"string"},"name":{"type":"string"},"known":{"type":)"
    R"("integer"},"registered":{"type":"integer"},"verified":{"type":"integer"},"registered_permille":{"type":"integer"},)"
    R"("verified_permille":{"type":"integer"},"unknown":{"type":"object"}}}}}})";

Json coverage_json(const CoverageOf& row, const RulePack& rules) {
  const Region* region = rules.region(row.region);
  return {{"region", row.region},
          {"name", region ? Json(region->name) : Json()},
          {"known", row.known()},
          {"registered", row.registered},
          {"verified", row.verified},
          {"registered_permille", row.registered_permille()},
          {"verified_permille", row.verified_permille()},
          {"unknown",
           {{"unit", row.unknown_units},
            {"carrier", row.unknown_carriers},
            {"plate", row.unknown_plates},
            {"foreign", row.unknown_foreign}}}};
}

Result<Response> get_coverage(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const std::string region = TRY(Viewer(request, *reader).region_filter(request));
  const std::vector<CoverageOf> rows = coverage(*reader, region);
  Json regions = Json::array();
  for (const CoverageOf& row : rows) regions.push_back(coverage_json(row, service.rules()));
  return json_response(200, {{"total", coverage_json(sum_of(rows, region), service.rules())}, {"regions", regions}});
}

Result<Response> list_of_named(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  NamedFilter filter;
  filter.region = TRY(Viewer(request, *reader).region_filter(request));
  filter.what = TRY(query_text(request, "what"));
  if (!filter.what.empty() && std::find(kWhat.begin(), kWhat.end(), filter.what) == kWhat.end())
    return not_one_of("what", kWhat);
  const std::string known = TRY(query_text(request, "known"));
  if (!known.empty() && known != "no" && known != "all") return not_one_of("known", {"no", "all"});
  filter.only_unknown = known != "all";
  return list_page(service, request, "listNamed", [&](const Page& page, Json& rows) {
    auto found = list_named(*reader, filter, page);
    for (const Named& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

Result<Response> list_of_reports(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  ReportFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.kind = TRY(query_text(request, "kind"));
  return list_page(service, request, "listReports", [&](const Page& page, Json& rows) {
    auto found = list_reports(*reader, filter, page);
    for (const Report& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

}  // namespace

Routes coverage_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  Route rates = read_route("/v1/coverage", "getCoverage",
                           "How many units are registered 入网登记率 and verified 监督核实率, by region.", kByRights,
                           kCoverageSchema, with(get_coverage));
  rates.parameters = {text_parameter("region", "First 2 to 6 digits of the region code.")};
  return {std::move(rates),
          list_route("/v1/named", "listNamed",
                     "The exceptions: units, carriers, vehicles and parties abroad that entries name and nobody has "
                     "registered.",
                     kByRights, row_schema<Named>(),
                     {text_parameter("region", "First 2 to 6 digits of the region code."),
                      choice_parameter("what", "What was named.", kWhat),
                      choice_parameter("known", "Only what is not known, unless told.", {"no", "all"})},
                     with(list_of_named)),
          list_route("/v1/reports", "listReports", "What was reported 报送, the newest first.", kByRights,
                     row_schema<Report>(),
                     {text_parameter("party", "Who filed it."), text_parameter("kind", "For instance annual.")},
                     with(list_of_reports))};
}

}  // namespace api
