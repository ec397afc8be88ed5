#include "api/routes/movement_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/moment.h"
#include "api/routes/party_names.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/movements.h"
#include "registry/views/paper_match.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kMatchSchema = R"({"type":"object","properties":{"consignment":{"type":"string"},
  "permit":{"type":"string"},"exemption":{"type":"string"},"fields":{"type":"array","items":{"type":"object",
  "properties":{"field":{"type":"string"},"paper":{"type":["string","null"]},"fact":{"type":["string","null"]},
  "state":{"type":["string","null"],"enum":["equal","differs","not_named",null]}}}}}})";

std::string consignment_schema() {
  Json schema = Json::parse(row_schema<Consignment>());
  Json& properties = schema["properties"];
  properties["lines"] = {{"type", "array"}, {"items", Json::parse(row_schema<ConsignmentLine>())}};
  properties["names"] = Json::parse(kNamesSchema);
  properties["blind"] = {{"type", "boolean"},
                         {"description", "The receiver counts blind: shipped and carried are null until its count."}};
  return schema.dump();
}

Json consignment_json(const ConsignmentView& view, const Viewer& viewer, PartyNames& names, const RulePack& rules) {
  const bool blind = viewer.is_blind_to(view.consignment);
  Json out = row_json(view.consignment, rules);
  Json lines = Json::array();
  for (const ConsignmentLine& line : view.lines) {
    Json each = row_json(line, rules);
    if (blind) each["shipped"] = each["carried"] = nullptr;
    lines.push_back(std::move(each));
  }
  out["lines"] = std::move(lines);
  out["blind"] = blind;
  const Consignment& goods = view.consignment;
  out["names"] = names.of({goods.sender, goods.receiver, goods.carrier, goods.custodian});
  return out;
}

std::string sale_schema() {
  Json schema = Json::parse(row_schema<Sale>());
  schema["properties"]["names"] = Json::parse(kNamesSchema);
  return schema.dump();
}

Json sale_json(const Sale& row, Viewer& viewer, PartyNames& names, const RulePack& rules) {
  Json out = row_json(row, rules);
  out["names"] = names.of({row.seller, row.buyer, row.consignee});
  if (viewer.is_blind_to_sale(row.id)) out[viewer.party() == row.buyer ? "dispatched" : "returned"] = nullptr;
  return out;
}

Result<Response> list_of_consignments(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  ConsignmentFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.carried_only = viewer.carries_only();
  filter.state = TRY(query_enum<ConsignmentState>(request, "state"));
  PartyNames names(*reader);
  return list_page(service, request, "listConsignments", [&](const Page& page, Json& rows) {
    auto found = list_consignments(*reader, filter, page);
    for (const ConsignmentView& view : found.rows)
      rows.push_back(consignment_json(view, viewer, names, service.rules()));
    return found.next;
  });
}

Result<Response> get_consignment(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  const std::string& id = request.parameter("consignment");
  const auto view = find_consignment(*reader, id);
  if (!view || !viewer.may_see(view->consignment)) return nothing("consignment", id);
  PartyNames names(*reader);
  return json_response(200, consignment_json(*view, viewer, names, service.rules()));
}

/// Of the quantity a receiver that has not counted learns nothing, nor whether it fits.
Json match_json(const MatchField& each, bool blind) {
  if (blind && each.field == "quantity")
    return {{"field", each.field}, {"paper", nullptr}, {"fact", nullptr}, {"state", nullptr}};
  return {{"field", each.field}, {"paper", each.paper}, {"fact", each.fact}, {"state", name_of(each.state)}};
}

Result<Response> get_paper_match(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  const std::string& id = request.parameter("consignment");
  const auto view = find_consignment(*reader, id);
  if (!view || !viewer.may_see(view->consignment)) return nothing("consignment", id);
  Json fields = Json::array();
  for (const MatchField& each : match_paper(*reader, service.rules(), *view))
    fields.push_back(match_json(each, viewer.is_blind_to(view->consignment)));
  return json_response(200, {{"consignment", id},
                             {"permit", view->consignment.permit},
                             {"exemption", view->consignment.exemption},
                             {"fields", std::move(fields)}});
}

Result<Response> list_of_sales(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  SaleFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.state = TRY(query_enum<SaleState>(request, "state"));
  filter.substance = TRY(query_text(request, "substance"));
  PartyNames names(*reader);
  return list_page(service, request, "listSales", [&](const Page& page, Json& rows) {
    auto found = list_sales(*reader, filter, page);
    for (const Sale& row : found.rows) rows.push_back(sale_json(row, viewer, names, service.rules()));
    return found.next;
  });
}

Result<Response> get_sale(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  const std::string& id = request.parameter("sale");
  const auto row = find_row<Sale>(*reader, id);
  if (!row || !viewer.may_see(*row)) return nothing("sale", id);
  PartyNames names(*reader);
  return json_response(200, sale_json(*row, viewer, names, service.rules()));
}

}  // namespace

Routes movement_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {list_route("/v1/consignments", "listConsignments", "Consignments 货运单, the newest first.", kByRights,
                     consignment_schema(),
                     {text_parameter("party", "Sender, receiver or carrier."),
                      choice_parameter<ConsignmentState>("state", "How far it has come.")},
                     with(list_of_consignments)),
          read_route("/v1/consignments/{consignment}", "getConsignment", "One consignment with its lines.", kByRights,
                     consignment_schema(), with(get_consignment)),
          read_route("/v1/consignments/{consignment}/paper-match", "matchPaper",
                     "Transport paper and goods in the seven fields of article 41; empty without a transport paper.",
                     kByRights, std::string(kMatchSchema), with(get_paper_match)),
          list_route("/v1/sales", "listSales", "Sales, the newest first.", kByRights, sale_schema(),
                     {text_parameter("party", "Seller or buyer."),
                      choice_parameter<SaleState>("state", "How far it is."), text_parameter("substance", "Code.")},
                     with(list_of_sales)),
          read_route("/v1/sales/{sale}", "getSale", "One sale.", kByRights, sale_schema(), with(get_sale))};
}

}  // namespace api
