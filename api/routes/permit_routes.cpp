#include "api/routes/permit_routes.h"

#include <nlohmann/json.hpp>

#include "api/http/browser_safety.h"
#include "api/routes/evidence.h"
#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/permit_statement.h"
#include "registry/views/permits.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kStatementSchema = R"({"type":"object","properties":{"index":{"type":"integer"},
  "type":{"type":"string"},"party":{"type":"string"},"rtime":{"type":"string","format":"date-time"},
  "substance":{"type":"string"},"from":{"type":"string"},"to":{"type":"string"},"amount":{"type":"object"},
  "left":{"type":"object"},"held":{"type":"object"},"used":{"type":"object"}}})";

constexpr std::string_view kBundleSchema = R"({"type":"object","properties":{"format":{"type":"string"},
  "ledger":{"type":"string"},"log_key":{"type":"string"},"permit":{"type":"string"},
  "entries":{"type":"array","items":{"type":"object"}},"keys":{"type":"array","items":{"type":"object"}}}})";

/// Each entry comes with payload, outcome, proof and checkpoint; more of them are no file for a person.
constexpr std::size_t kBundleEntriesMax = 5'000;

std::string permit_schema() {
  Json schema = Json::parse(row_schema<Permit>());
  Json states = Json::array();
  for (const std::string_view each : EnumNames<PermitState>::names) states.push_back(each);
  schema["properties"]["state"] = {{"type", "string"}, {"enum", std::move(states)}};
  schema["properties"]["amounts"] = {{"type", "array"}, {"items", {{"type", "object"}}}};
  return schema.dump();
}

Json amounts_json(const PermitView& view, const RulePack& rules, bool blind) {
  Json out = Json::array();
  for (const PermitAmount& each : view.amounts) {
    const auto shown = [&](std::int64_t amount) { return blind ? Json() : amount_json(amount, rules, each.substance); };
    out.push_back({{"substance", each.substance},
                   {"granted", amount_json(each.granted, rules, each.substance)},
                   {"left", shown(each.left)},
                   {"held", shown(each.held)},
                   {"used", shown(each.used)},
                   {"lapsed", shown(each.lapsed())}});
  }
  return out;
}

/// What is held of a paper that goods to the caller travel on is what was shipped.
Json permit_json(const PermitView& view, Viewer& viewer, const Service& service) {
  const PermitKind* kind = service.rules().permit_kind(view.permit.kind);
  Json out = row_json(view.permit, service.rules());
  out["state"] = name_of(view.state);
  out["kind_zh"] = kind ? Json(kind->name_zh) : Json();
  out["amounts"] = amounts_json(view, service.rules(), viewer.blind_since(view.permit.no).has_value());
  return out;
}

Json line_json(const StatementLine& line, const RulePack& rules) {
  const auto amount = [&](std::int64_t value) { return amount_json(value, rules, line.substance); };
  return {{"index", line.index},
          {"type", line.type},
          {"party", line.party},
          {"rtime", line.rtime.str()},
          {"substance", line.substance},
          {"from", line.from},
          {"to", line.to},
          {"amount", amount(line.amount)},
          {"left", amount(line.left)},
          {"held", amount(line.held)},
          {"used", amount(line.used)}};
}

Result<Response> list(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  PermitFilter filter;
  filter.number = TRY(query_text(request, "number"));
  filter.holder = TRY(query_text(request, "holder"));
  if (!filter.holder.empty() && !viewer.is(filter.holder)) return nothing("party", filter.holder);
  if (!viewer.sees_all()) filter.holder = viewer.party();
  filter.substance = TRY(query_text(request, "substance"));
  filter.kind = TRY(query_text(request, "kind"));
  filter.vehicle = TRY(query_text(request, "vehicle"));
  filter.lot = TRY(query_text(request, "lot"));
  filter.state = TRY(query_enum<PermitState>(request, "state"));
  return list_page(service, request, "listPermits", [&](const Page& page, Json& rows) {
    auto found = list_permits(*reader, filter, sight.today(), page);
    for (const PermitView& view : found.rows) rows.push_back(permit_json(view, viewer, service));
    return found.next;
  });
}

Result<PermitView> find(const Sight& sight, const Request& request, const Viewer& viewer) {
  const std::string& number = request.parameter("permit");
  auto view = find_permit(*sight.reader, number, sight.today());
  if (!view || !viewer.may_see(view->permit)) return nothing("permit", number);
  return std::move(*view);
}

Result<Response> get(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  return json_response(200, permit_json(TRY(find(sight, request, viewer)), viewer, service));
}

Result<Response> statement(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  const PermitView view = TRY(find(sight, request, viewer));
  const auto blind_since = viewer.blind_since(view.permit.no);
  return list_page(service, request, "getPermitStatement", [&](const Page& page, Json& rows) {
    auto found = permit_statement(*reader, view.permit.no, page);
    for (const StatementLine& line : found.rows) {
      if (blind_since && line.index >= *blind_since) return Row{};
      rows.push_back(line_json(line, service.rules()));
    }
    return found.next;
  });
}

/// All or nothing: a statement with a part left out proves nothing.
Result<Response> bundle(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  const PermitView view = TRY(find(sight, request, viewer));
  const auto blind_since = viewer.blind_since(view.permit.no);
  std::vector<EntryView> entries;
  for (const std::int64_t index : TRY(statement_entries(*reader, view.permit, kBundleEntriesMax))) {
    entries.push_back(view_or_proof(*reader, viewer, index));
    if (blind_since && index >= *blind_since) entries.back().shows_payload = entries.back().shows_outcome = false;
  }
  Response response = json_response(200, TRY(statement_evidence(service.registry, *reader, view.permit.no, entries)));
  offer_as_download(response, "permit-" + view.permit.no + ".tallystick.json");
  return response;
}

}  // namespace

Routes permit_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {
      list_route("/v1/permits", "listPermits", "Permits and filing certificates, with what is left of them.", kByRights,
                 permit_schema(),
                 {text_parameter("number", "First characters of the number."),
                  text_parameter("holder", "Party that holds it."), text_parameter("substance", "Code."),
                  text_parameter("kind", "Kind of permit."),
                  text_parameter("vehicle", "Plate: papers of the goods that are on the road on it."),
                  text_parameter("lot", "Papers under which goods of this lot went on the road."),
                  choice_parameter<PermitState>("state", "Where it stands today.")},
                 with(list)),
      read_route("/v1/permits/{permit}", "getPermit", "One permit.", kByRights, permit_schema(), with(get)),
      list_route("/v1/permits/{permit}/statement", "getPermitStatement",
                 "Every move of its quota from the grant to the write-off 核销; at the end nothing is left or held.",
                 kByRights, std::string(kStatementSchema), {}, with(statement)),
      read_route("/v1/permits/{permit}/bundle", "getPermitBundle",
                 "The whole statement as one file that `tallystick verify` checks offline, from the grant to zero.",
                 kByRights, std::string(kBundleSchema), with(bundle))};
}

}  // namespace api
