#include "api/routes/application_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/applications.h"

namespace api {
namespace {

using namespace registry;

std::string application_schema() {
  Json schema = Json::parse(row_schema<Application>());
  schema["properties"]["lines"] = {{"type", "array"}, {"items", Json::parse(row_schema<ApplicationLine>())}};
  schema["properties"]["conduct"] = {{"type", {"object", "null"}},
                                     {"description", "The newest grave finding against the applicant."}};
  return schema.dump();
}

Json application_json(const ApplicationView& view, const RulePack& rules) {
  Json out = row_json(view.application, rules);
  out["lines"] = Json::array();
  for (const ApplicationLine& line : view.lines) out["lines"].push_back(row_json(line, rules));
  out["conduct"] = view.conduct ? row_json(*view.conduct, rules) : Json();
  return out;
}

Result<Response> list(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  ApplicationFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.state = TRY(query_enum<ApplicationState>(request, "state"));
  return list_page(service, request, "listApplications", [&](const Page& page, Json& rows) {
    auto found = list_applications(*reader, filter, page);
    for (const ApplicationView& view : found.rows) rows.push_back(application_json(view, service.rules()));
    return found.next;
  });
}

Result<Response> get(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  const std::string& id = request.parameter("application");
  const auto view = find_application(*reader, id);
  if (!view || !viewer.may_see(view->application)) return nothing("application", id);
  return json_response(200, application_json(*view, service.rules()));
}

}  // namespace

Routes application_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {list_route("/v1/applications", "listApplications",
                     "Applications for permits and filing certificates 申请, the newest first.", kByRights,
                     application_schema(),
                     {text_parameter("party", "Who applied, or who has to decide."),
                      choice_parameter<ApplicationState>("state", "How far it is.")},
                     with(list)),
          read_route("/v1/applications/{application}", "getApplication", "One application.", kByRights,
                     application_schema(), with(get))};
}

}  // namespace api
