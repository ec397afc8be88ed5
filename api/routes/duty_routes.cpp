#include "api/routes/duty_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/duties.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

/// What the rule is called, where it stands, and 待确认 where that is to be confirmed.
void add_rule(Json& out, std::string_view rule, const RulePack& rules) {
  const RuleText* text = rules.rule_text(rule);
  const auto or_null = [](std::string_view value) { return value.empty() ? Json() : Json(value); };
  out["title"] = text ? Json(text->title) : Json();
  out["title_zh"] = text ? Json(text->title_zh) : Json();
  out["article"] = text ? or_null(text->article) : Json();
  out["confidence"] = text ? or_null(text->confidence) : Json();
  out["confidence_note_zh"] = text ? or_null(confirmation_note_zh(text->confidence)) : Json();
}

Json obligation_json(const Obligation& row, UtcTime now, const RulePack& rules) {
  Json out = row_json(row, rules);
  out["overdue"] = row.closed == kNone && row.due < now;
  add_rule(out, row.rule, rules);
  return out;
}

/// A difference that the carrier noted tells the receiver what was shipped.
Json finding_json(const Finding& row, Viewer& viewer, const RulePack& rules) {
  Json out = row_json(row, rules);
  add_rule(out, row.rule, rules);
  if (viewer.is_blind_to_subject(row.subject)) out["lo"] = out["hi"] = nullptr;
  return out;
}

Result<Response> list_of_obligations(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  const Viewer viewer(request, *reader);
  ObligationFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.kind = TRY(query_text(request, "kind"));
  filter.state = TRY(query_enum<DutyState>(request, "state")).value_or(DutyState::open);
  const UtcTime now = service.registry.clock().now();
  return list_page(service, request, "listObligations", [&](const Page& page, Json& rows) {
    auto found = list_obligations(*reader, filter, now, page);
    for (const Obligation& row : found.rows) rows.push_back(obligation_json(row, now, service.rules()));
    return found.next;
  });
}

Result<Response> list_of_findings(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  Viewer viewer(request, *reader);
  FindingFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.kind = TRY(query_text(request, "kind"));
  filter.state = TRY(query_enum<FindingState>(request, "state"));
  filter.severity = TRY(query_enum<Severity>(request, "severity"));
  filter.region = TRY(query_region(request));
  return list_page(service, request, "listFindings", [&](const Page& page, Json& rows) {
    auto found = list_findings(*reader, filter, page);
    for (const Finding& row : found.rows) rows.push_back(finding_json(row, viewer, service.rules()));
    return found.next;
  });
}

Result<Response> get_finding(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  Viewer viewer(request, *reader);
  const std::string& id = request.parameter("finding");
  const auto row = find_row<Finding>(*reader, id);
  if (!row || !viewer.may_see(*row)) return nothing("finding", id);
  return json_response(200, finding_json(*row, viewer, service.rules()));
}

}  // namespace

Routes duty_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {
      list_route("/v1/obligations", "listObligations", "What is still to be done 待办, what is due first comes first.",
                 kOwnOrReaders, row_schema<Obligation>(),
                 {text_parameter("party", "Who has to do it."), text_parameter("kind", "For instance receive."),
                  choice_parameter<DutyState>("state", "Open, unless told; overdue ones are open too.")},
                 with(list_of_obligations)),
      list_route("/v1/findings", "listFindings", "Deviations 异常, the newest first.", kOwnOrReaders,
                 row_schema<Finding>(),
                 {text_parameter("party", "Whom it concerns."), text_parameter("kind", "For instance loss-in-transit."),
                  choice_parameter<FindingState>("state", "How far it is."),
                  choice_parameter<Severity>("severity", "How grave."),
                  text_parameter("region", "First 2 to 6 digits of the party's region code.")},
                 with(list_of_findings)),
      read_route("/v1/findings/{finding}", "getFinding", "One finding.", kOwnOrReaders, row_schema<Finding>(),
                 with(get_finding))};
}

}  // namespace api
