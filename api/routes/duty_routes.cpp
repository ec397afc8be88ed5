#include "api/routes/duty_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/rules/losing.h"
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

/// A kind of duty that several laws know stands under the article of the one that opened it.
void add_article(Json& out, const Obligation& row, const RulePack& rules) {
  const RuleText* text = row.rule == row.kind ? nullptr : rules.rule_text(row.rule);
  if (!text || text->article.empty()) return;
  out["article"] = text->article;
  out["confidence"] = text->confidence;
  const auto note = confirmation_note_zh(text->confidence);
  out["confidence_note_zh"] = note.empty() ? Json() : Json(note);
}

Json obligation_json(const Obligation& row, UtcTime now, const RulePack& rules) {
  Json out = row_json(row, rules);
  const Standing standing = standing_of(rules, row, now);
  out["overdue"] = row.closed == kNone && row.due <= now;
  out["stage"] = standing.step ? Json(standing.step->stage) : Json();
  out["severity"] = standing.step ? Json(name_of(standing.step->severity)) : Json();
  out["seen_by"] = standing.step ? Json(standing.step->seen_by) : Json::array();
  out["days_late"] = standing.days_late;
  out["periods_due"] = standing.periods_due;
  add_rule(out, row.kind, rules);
  add_article(out, row, rules);
  return out;
}

/// The step of the criminal scale (法释〔2016〕8号) that the missing amount reaches; null below it.
Json grade_json(const Finding& row, const RulePack& rules) {
  const Substance* substance = rules.substance(row.substance);
  const auto threshold = substance ? rules.criminal_threshold(*substance) : std::nullopt;
  const LossGrade* grade = threshold ? rules.losing().grade_of(*threshold, row.missing, false) : nullptr;
  if (!grade) return {};
  return {{"id", grade->id},
          {"name", grade->name_en},
          {"name_zh", grade->name_zh},
          {"article", grade->article},
          {"confidence", grade->confidence}};
}

/// A difference that the carrier noted tells the receiver what was shipped.
Json finding_json(const Finding& row, Viewer& viewer, const RulePack& rules) {
  Json out = row_json(row, rules);
  add_rule(out, row.rule, rules);
  out["grade"] = grade_json(row, rules);
  if (viewer.is_blind_to_subject(row.subject))
    for (const char* amount : {"lo", "hi", "missing", "settled", "grade"}) out[amount] = nullptr;
  return out;
}

Json note_json(const FindingNote& row, Viewer& viewer, const Finding& finding, const RulePack& rules) {
  Json out = row_json(row, rules);
  if (viewer.is_blind_to_subject(finding.subject)) out["amount"] = nullptr;
  return out;
}

Json sum_json(const MissingSum& sum, const RulePack& rules) {
  return {{"substance", sum.substance},
          {"open", amount_json(sum.open, rules, sum.substance)},
          {"lost", amount_json(sum.lost, rules, sum.substance)}};
}

Result<FindingFilter> finding_filter(const Request& request, const Viewer& viewer) {
  FindingFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  if (!viewer.sees_all()) filter.concerning.swap(filter.party);
  filter.kind = TRY(query_text(request, "kind"));
  filter.substance = TRY(query_text(request, "substance"));
  filter.lot = TRY(query_text(request, "lot"));
  filter.subject = TRY(query_text(request, "subject"));
  filter.case_no = TRY(query_text(request, "case_no"));
  filter.state = TRY(query_enum<FindingState>(request, "state"));
  filter.severity = TRY(query_enum<Severity>(request, "severity"));
  filter.region = TRY(viewer.region_filter(request));
  return filter;
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
  filter.region = TRY(viewer.region_filter(request));
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
  const FindingFilter filter = TRY(finding_filter(request, viewer));
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
  Json out = finding_json(*row, viewer, service.rules());
  out["history"] = Json::array();
  for (const FindingNote& note : finding_notes(*reader, id))
    out["history"].push_back(note_json(note, viewer, *row, service.rules()));
  return json_response(200, out);
}

/// For readers only: a sum over all findings would tell a receiver what it has not counted yet.
Result<Response> get_case_board(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  const CaseBoard board = case_board(*reader, TRY(finding_filter(request, viewer)), viewer.bounds());
  Json counts = Json::array(), missing = Json::array();
  for (const FindingCount& line : board.counts)
    counts.push_back({{"state", name_of(line.state)}, {"severity", name_of(line.severity)}, {"count", line.count}});
  for (const MissingSum& sum : board.missing) missing.push_back(sum_json(sum, service.rules()));
  return json_response(200, {{"counts", std::move(counts)}, {"missing", std::move(missing)}});
}

constexpr std::string_view kBoardSchema = R"({"type":"object","properties":{"counts":{"type":"array","items":
  {"type":"object","properties":{"state":{"type":"string"},"severity":{"type":"string"},"count":{"type":"integer"}}}},
  "missing":{"type":"array","items":{"type":"object","properties":{"substance":{"type":"string"},
  "open":{"type":"object"},"lost":{"type":"object"}}}}}})";

std::vector<Parameter> finding_parameters() {
  return {text_parameter("party", "Whom it concerns."),
          text_parameter("kind", "For instance loss-in-transit."),
          text_parameter("substance", "Code of the substance."),
          text_parameter("lot", "Number of the lot."),
          text_parameter("subject", "For instance consignment:C-1."),
          text_parameter("case_no", "Number of the case."),
          choice_parameter<FindingState>("state", "How far it is."),
          choice_parameter<Severity>("severity", "How grave."),
          text_parameter("region", "First 2 to 6 digits of the party's region code.")};
}

Route case_board_route(Handler handler) {
  Route route = read_route("/v1/case-board", "getCaseBoard",
                           "How many findings stand where, and what is missing of each substance by all of them, "
                           "goods that two are about counted once.",
                           kByRights, std::string(kBoardSchema), std::move(handler));
  route.parameters = finding_parameters();
  return route;
}

}  // namespace

Routes duty_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {list_route("/v1/obligations", "listObligations",
                     "What is still to be done 待办, what is due first comes first; "
                     "of those done the last one first.",
                     kByRights, row_schema<Obligation>(),
                     {text_parameter("party", "Who has to do it."), text_parameter("kind", "For instance receive."),
                      choice_parameter<DutyState>("state", "Open, unless told; overdue ones are open too."),
                      text_parameter("region", "First 2 to 6 digits of the region code."),
                      choice_parameter<duties::Viewer>(
                          "seen_by", "Only what has come up to this step of the ladder of escalation.")},
                     with(list_of_obligations)),
          list_route("/v1/findings", "listFindings", "Deviations 异常, the newest first.", kByRights,
                     row_schema<Finding>(), finding_parameters(), with(list_of_findings)),
          case_board_route(with(get_case_board)),
          read_route("/v1/findings/{finding}", "getFinding", "One finding, with what was said about it since.",
                     kByRights, row_schema<Finding>(), with(get_finding))};
}

}  // namespace api
