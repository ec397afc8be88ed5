#include "api/routes/border_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/steps/border_states.h"
#include "registry/views/border.h"

namespace api {
namespace {

using namespace registry;

Json differences_json(const BorderCase& row, const RulePack& rules) {
  Json out = Json::array();
  for (const BorderDifference& each : differences_of(row))
    out.push_back(
        {{"first", each.first}, {"second", each.second}, {"missing", amount_json(each.missing, rules, row.substance)}});
  return out;
}

Json case_json(const BorderCase& row, const RulePack& rules, Date today) {
  Json out = row_json(row, rules);
  if (row.answered_at == UtcTime{}) out["answered_at"] = nullptr;
  out["no_answer"] = is_silent(row, today);
  out["differences"] = differences_json(row, rules);
  return out;
}

Json document_json(const BorderPaperView& view, const RulePack& rules) {
  Json out = row_json(view.document, rules);
  for (const char* inner : {"border_case", "substance"}) out.erase(inner);
  out["type"] = view.type;
  out["party"] = view.party;
  out["rtime"] = view.rtime.str();
  return out;
}

/// The hash of a secret is of no use to anybody who looks at cases.
Json link_json(const BorderLink& row, const RulePack& rules) {
  Json out = row_json(row, rules);
  out.erase("secret_hash");
  return out;
}

Json finding_json(const Finding& row, const RulePack& rules) {
  Json out = row_json(row, rules);
  const RuleText* text = rules.rule_text(row.rule);
  out["title"] = text ? Json(text->title) : Json();
  out["title_zh"] = text ? Json(text->title_zh) : Json();
  return out;
}

std::string case_schema() {
  Json schema = Json::parse(row_schema<BorderCase>());
  schema["properties"]["answered_at"] = {{"type", {"string", "null"}}, {"format", "date-time"}};
  schema["properties"]["no_answer"] = {{"type", "boolean"},
                                       {"description", "Nobody answered in time; silence is never approval."}};
  schema["properties"]["differences"] = {{"type", "array"}, {"items", {{"type", "object"}}}};
  return schema.dump();
}

std::string full_schema() {
  Json schema = Json::parse(case_schema());
  for (const char* list : {"documents", "links", "findings"})
    schema["properties"][list] = {{"type", "array"}, {"items", {{"type", "object"}}}};
  return schema.dump();
}

Result<Response> list(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  BorderFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.country = TRY(query_text(request, "country"));
  filter.substance = TRY(query_text(request, "substance"));
  filter.direction = TRY(query_enum<BorderDirection>(request, "direction"));
  filter.state = TRY(query_enum<BorderState>(request, "state"));
  filter.standing = TRY(query_enum<BorderStanding>(request, "standing"));
  const Date today = local_date(sight.now);
  return list_page(service, request, "listBorderCases", [&](const Page& page, Json& rows) {
    auto found = list_border_cases(*reader, filter, today, page);
    for (const BorderCase& row : found.rows) rows.push_back(case_json(row, service.rules(), today));
    return found.next;
  });
}

Result<Response> get(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  const std::string& id = request.parameter("border_case");
  const auto view = find_border_case(*reader, id);
  if (!view || !viewer.may_see(view->border_case)) return nothing("two-way check", id);
  Json out = case_json(view->border_case, service.rules(), local_date(sight.now));
  out["documents"] = out["links"] = out["findings"] = Json::array();
  for (const auto& each : view->documents) out["documents"].push_back(document_json(each, service.rules()));
  for (const auto& each : view->links) out["links"].push_back(link_json(each, service.rules()));
  for (const auto& each : view->findings) out["findings"].push_back(finding_json(each, service.rules()));
  return json_response(200, out);
}

}  // namespace

Routes border_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {list_route(
              "/v1/border-cases", "listBorderCases", "Two-way checks 双向核查 at the border, the newest first.",
              kByRights, case_schema(),
              {text_parameter("party", "Our exporter or importer."),
               text_parameter("country", "Partner country, two capital letters."), text_parameter("substance", "Code."),
               choice_parameter<BorderDirection>("direction", "Out of the country or into it."),
               choice_parameter<BorderState>("state", "How far it is."),
               choice_parameter<BorderStanding>(
                   "standing", "Open or closed; silent: no answer in time; mismatched: amounts differ.")},
              with(list)),
          read_route("/v1/border-cases/{border_case}", "getBorderCase",
                     "One two-way check with all its documents, both ways.", kByRights, full_schema(), with(get))};
}

}  // namespace api
