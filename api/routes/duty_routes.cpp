#include "api/routes/duty_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/duties.h"
#include "registry/views/select.h"

namespace api::duties {
/// Steps of the ladder, from the officer of the unit to the province.
enum class Viewer { officer, responsible_person, county, city, province };
}  // namespace api::duties
template <>
struct registry::EnumNames<api::duties::Viewer> {
  static constexpr std::string_view names[] = {"officer", "responsible-person", "county", "city", "province"};
};

namespace api {
namespace {

using namespace registry;
Json obligation_json(const Obligation& row, UtcTime now, const RulePack& rules) {
  Json out = row_json(row, rules);
  const Standing standing = standing_of(rules, row, now);
  out["overdue"] = row.closed == kNone && row.due <= now;
  out["stage"] = standing.step ? Json(standing.step->stage) : Json();
  out["severity"] = standing.step ? Json(name_of(standing.step->severity)) : Json();
  out["seen_by"] = standing.step ? Json(standing.step->seen_by) : Json::array();
  out["days_late"] = standing.days_late;
  out["periods_due"] = standing.periods_due;
  const RuleText* text = rules.rule_text(row.kind);
  out["title"] = text ? Json(text->title) : Json();
  out["title_zh"] = text ? Json(text->title_zh) : Json();
  return out;
}

/// A difference that the carrier noted tells the receiver what was shipped.
Json finding_json(const Finding& row, Viewer& viewer, const RulePack& rules) {
  Json out = row_json(row, rules);
  const RuleText* text = rules.rule_text(row.rule);
  out["title"] = text ? Json(text->title) : Json();
  out["title_zh"] = text ? Json(text->title_zh) : Json();
  if (viewer.is_blind_to_subject(row.subject)) out["lo"] = out["hi"] = nullptr;
  return out;
}

Result<Response> list_of_obligations(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  ObligationFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.kind = TRY(query_text(request, "kind"));
  filter.state = TRY(query_enum<DutyState>(request, "state")).value_or(DutyState::open);
  const UtcTime now = sight.now;
  filter.region = TRY(query_region(request));
  if (const auto step = TRY(query_enum<duties::Viewer>(request, "seen_by")))
    filter.sights = sights_of(service.rules(), name_of(*step), now);
  return list_page(service, request, "listObligations", [&](const Page& page, Json& rows) {
    auto found = list_obligations(*reader, filter, now, page);
    for (const Obligation& row : found.rows) rows.push_back(obligation_json(row, now, service.rules()));
    return found.next;
  });
}

Result<Response> list_of_findings(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
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
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
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
                  choice_parameter<DutyState>("state", "Open, unless told; overdue ones are open too."),
                  text_parameter("region", "First 2 to 6 digits of the region code."),
                  choice_parameter<duties::Viewer>("seen_by",
                                                   "Only what has come up to this step of the ladder of escalation.")},
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
