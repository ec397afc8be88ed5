#include "api/routes/code_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "registry/domain/codes.h"
#include "registry/rules/pack_parts.h"

namespace api {
namespace {

using namespace registry;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json date_or_null(Date date) { return date == Date{} ? Json() : Json(date.str()); }

Json to_json(const Substance& row, const RulePack& rules) {
  Json out{{"code", row.code},
           {"class", row.cls},
           {"pharma", row.pharma},
           {"name_zh", row.name_zh},
           {"name_en", row.name_en},
           {"unit", registry::name(row.unit)},
           {"cas", text_or_null(row.cas)},
           {"un1988_table", text_or_null(row.un1988_table)},
           {"note", text_or_null(row.note)},
           {"aliases", row.aliases},
           {"other_cas", row.other_cas},
           {"confidence", text_or_null(row.confidence)},
           {"confidence_note_zh", text_or_null(std::string(confirmation_note_zh(row.confidence)))},
           {"effective_from", date_or_null(row.effective_from)},
           {"effective_to", row.effective_to == Date::of(9999, 12, 31) ? Json() : Json(row.effective_to.str())},
           {"two_persons", rules.needs_two_persons(row)},
           {"tolerance_ppm", rules.tolerance_ppm(row)}};
  return out;
}

Json to_json(const Region& row, const RulePack&) {
  return {{"code", row.code},
          {"name", row.name},
          {"province", row.province},
          {"prefecture", row.prefecture},
          {"level", row.level},
          {"from_year", row.from_year},
          {"to_year", row.to_year == 9999 ? Json() : Json(row.to_year)}};
}

Json to_json(const PermitKind& row, const RulePack&) {
  return {{"code", row.code},
          {"name_zh", row.name_zh},
          {"name_en", row.name_en},
          {"purpose", purpose_name(row.purpose)},
          {"classes", row.classes},
          {"pharma", text_or_null(row.pharma)},
          {"issuer_role", row.issuer_role},
          {"issuer_level", row.issuer_level},
          {"months_max", row.months_max},
          {"within_calendar_year", row.within_calendar_year},
          {"uses", name_of(row.uses)},
          {"quantity_bound", row.quantity_bound},
          {"rule", row.rule},
          {"article", row.article},
          {"confidence", row.confidence},
          {"confidence_note_zh", text_or_null(std::string(confirmation_note_zh(row.confidence)))},
          {"valid_from", row.valid_from.str()},
          {"valid_to", row.valid_to.str()}};
}

Json to_json(const RuleText& row, const RulePack&) {
  return {{"rule", row.rule},
          {"status", row.status == 0 ? Json() : Json(row.status)},
          {"title", row.title},
          {"title_zh", row.title_zh},
          {"detail", row.detail},
          {"detail_zh", row.detail_zh},
          {"what_to_do", row.what_to_do},
          {"what_to_do_zh", row.what_to_do_zh},
          {"article", text_or_null(row.article)},
          {"confidence", text_or_null(row.confidence)},
          {"confidence_note_zh", text_or_null(std::string(confirmation_note_zh(row.confidence)))},
          {"kind", row.kind},
          {"page", "/problems/" + row.rule}};
}

Json to_json(const PartyKind& row, const RulePack&) {
  return {{"code", row.code}, {"name_zh", row.name_zh}, {"name_en", row.name_en},
          {"is", row.is},     {"article", row.article}, {"confidence", row.confidence}};
}

/// A page of a table in memory; the key is the place in it. Only rows for which `keep` holds count.
template <class T, class Keep>
Result<Response> list_of(const Service& service, const Request& request, std::string_view operation,
                         std::span<const T> table, Keep keep) {
  return list_page(service, request, operation, [&](const Page& page, Json& rows) {
    std::int64_t at = 0;
    if (!page.after.empty() && !from_value(page.after.front(), at)) return Row{};
    for (auto i = static_cast<std::size_t>(at); i < table.size(); ++i) {
      if (!keep(table[i])) continue;
      if (rows.size() == page.limit) return Row{static_cast<std::int64_t>(i)};
      rows.push_back(to_json(table[i], service.rules()));
    }
    return Row{};
  });
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

Result<Response> list_of_substances(const Service& service, const Request& request) {
  const std::string cls = TRY(query_text(request, "class")), name = TRY(query_text(request, "name"));
  return list_of(service, request, "listSubstances", service.rules().substances(), [&](const Substance& row) {
    return (cls.empty() || row.cls == cls) && (name.empty() || holds(row.name_zh, name) || holds(row.name_en, name));
  });
}

Result<Response> get_substance(const Service& service, const Request& request) {
  const std::string& code = request.parameter("code");
  const Substance* row = service.rules().substance(code);
  if (!row) return nothing("substance", code);
  return json_response(200, to_json(*row, service.rules()));
}

Result<Response> list_of_regions(const Service& service, const Request& request) {
  const std::string prefix = TRY(query_region(request)), name = TRY(query_text(request, "name"));
  return list_of(service, request, "listRegions", service.rules().regions(), [&](const Region& row) {
    return row.code.starts_with(prefix) && (name.empty() || holds(row.name, name));
  });
}

Result<Response> list_of_kinds(const Service& service, const Request& request) {
  return list_of(service, request, "listPermitKinds", service.rules().permit_kinds(),
                 [](const PermitKind&) { return true; });
}

Result<Response> list_of_party_kinds(const Service& service, const Request& request) {
  return list_of(service, request, "listPartyKinds", service.rules().party_kinds(),
                 [](const PartyKind&) { return true; });
}

std::string_view match_name(MatchKind kind) {
  constexpr std::string_view kNames[] = {"cas", "name", "alias", "salt"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// A wrong check digit is a warning: one official line of the catalogue fails its own.
Json warnings_of(const std::string& cas) {
  Json out = Json::array();
  if (!cas.empty() && check_cas(cas) != CodeCheck::ok)
    out.push_back({{"code", "cas-check-digit"},
                   {"detail", "The check digit of this CAS number is wrong; compare it with the label."},
                   {"detail_zh", "该 CAS 号校验位不符，请与标签核对。"}});
  return out;
}

Result<Response> match_substances(const Service& service, const Request& request) {
  const std::string cas = TRY(query_text(request, "cas")), name = TRY(query_text(request, "name"));
  const RulePack& rules = service.rules().on(service.today());
  Json rows = Json::array();
  for (const SubstanceMatch& match : rules.match(cas, name)) {
    Json row = to_json(*match.substance, rules);
    row["matched_by"] = match_name(match.kind);
    rows.push_back(std::move(row));
  }
  return json_response(200, {{"data", std::move(rows)}, {"edition", rules.edition()}, {"warnings", warnings_of(cas)}});
}

/// The editions of the pack, and the provincial rules that a policy can lay over it.
Result<Response> get_editions(const Service& service, const Request&) {
  Json editions = Json::array(), overlays = Json::array();
  for (const Date day : service.rules().edition_days())
    editions.push_back({{"edition", service.rules().on(day).edition()}, {"from", day.str()}});
  for (const Overlay& row : service.rules().overlays())
    overlays.push_back({{"id", row.id},
                        {"name_en", row.name_en},
                        {"name_zh", row.name_zh},
                        {"article", row.article},
                        {"confidence", row.confidence}});
  return json_response(200, {{"pack", service.rules().code()},
                             {"today", service.rules().on(service.today()).edition()},
                             {"editions", std::move(editions)},
                             {"overlays", std::move(overlays)}});
}

Result<Response> list_of_rules(const Service& service, const Request& request) {
  return list_of(service, request, "listRules", service.rules().rule_texts(), [](const RuleText&) { return true; });
}

Route matching_route(const std::string& schema, Handler handler) {
  Route route = read_route("/v1/substance-match", "matchSubstance",
                           "What a label names: by CAS number first, then by name, alias, and as a salt.", kOpen,
                           schema, std::move(handler));
  route.parameters = {text_parameter("cas", "CAS number; a wrong check digit is a warning."),
                      text_parameter("name", "Name in Chinese or English.")};
  return route;
}

}  // namespace

Routes code_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  const std::string row = R"({"type":"object"})";
  return {list_route("/v1/substances", "listSubstances", "Controlled substances 品种.", kOpen, row,
                     {text_parameter("class", "1 2 3 N P1 P2."), text_parameter("name", "Part of a name.")},
                     with(list_of_substances)),
          read_route("/v1/substances/{code}", "getSubstance", "One substance.", kOpen, row, with(get_substance)),
          list_route("/v1/regions", "listRegions", "Divisions of GB/T 2260, also those no longer in use.", kOpen, row,
                     {text_parameter("region", "First 2 to 6 digits."), text_parameter("name", "Part of the name.")},
                     with(list_of_regions)),
          list_route("/v1/permit-kinds", "listPermitKinds", "Kinds of permits and who issues them.", kOpen, row, {},
                     with(list_of_kinds)),
          list_route("/v1/party-kinds", "listPartyKinds", "Kinds of units, each with its broader ones.", kOpen, row, {},
                     with(list_of_party_kinds)),
          read_route("/v1/editions", "getEditions", "Editions of the rule pack, and provincial rules over it.", kOpen,
                     row, with(get_editions)),
          matching_route(row, with(match_substances)),
          list_route("/v1/rules", "listRules", "Every rule by which something is refused, due or found.", kOpen, row,
                     {}, with(list_of_rules))};
}

}  // namespace api
