#include "api/routes/stock_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/lot_json.h"
#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/views/select.h"
#include "registry/views/stock.h"

namespace api {
namespace {

using namespace registry;

constexpr std::size_t kPlacesMax = 200;

/// A balance with the site or consignment its account stands for.
Json balance_json(const Balance& row, const RulePack& rules) {
  Json out = row_json(row, rules);
  const auto colon = row.account.find(':');
  if (colon != std::string::npos) out[row.account.substr(0, colon)] = row.account.substr(colon + 1);
  return out;
}

Result<Response> list_of_lots(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  LotFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.substance = TRY(query_text(request, "substance"));
  filter.id = TRY(query_text(request, "id"));
  return list_page(service, request, "listLots", [&](const Page& page, Json& rows) {
    auto found = list_lots(*reader, filter, page);
    for (const Lot& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

/// Where the lot is; an officer sees its own sites alone.
Json places_of(Reader& reader, const Viewer& viewer, const Lot& lot, const RulePack& rules) {
  Json out = Json::array();
  for (const Whereabouts where : {Whereabouts::site, Whereabouts::transit}) {
    if (where == Whereabouts::transit && !viewer.sees_all()) continue;
    BalanceFilter filter;
    filter.where = where, filter.lot = lot.id, filter.party = viewer.party();
    for (const Balance& row : list_balances(reader, filter, {kPlacesMax, {}, viewer.bounds()}).rows) {
      out.push_back(balance_json(row, rules));
      out.back()["pure"] = pure_json(row.amount, lot, rules);
    }
  }
  return out;
}

Result<Response> get_lot(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  const std::string& id = request.parameter("lot");
  const auto lot = find_row<Lot>(*reader, id);
  if (!lot || !viewer.may_see_lot(*lot)) return nothing("lot", id);
  Json out = row_json(*lot, service.rules());
  out["pack"] = pack_json(*reader, *lot, service.rules());
  out["retention"] = retention_json(*reader, *lot, service.rules(), local_date(service.registry.clock().now()));
  out["balances"] = places_of(*reader, viewer, *lot, service.rules());
  return json_response(200, out);
}

std::string lot_schema() {
  Json balance = Json::parse(row_schema<Balance>());
  balance["properties"]["pure"] = Json::parse(kPureSchema);
  Json out = Json::parse(row_schema<Lot>());
  out["properties"]["pack"] = Json::parse(kPackSchema);
  out["properties"]["retention"] = Json::parse(kRetentionSchema);
  out["properties"]["balances"] = {{"type", "array"}, {"items", std::move(balance)}};
  return out.dump();
}

Result<BalanceFilter> balance_filter(const Request& request, const Viewer& viewer) {
  BalanceFilter filter;
  filter.where = TRY(query_enum<Whereabouts>(request, "where")).value_or(Whereabouts::site);
  filter.party = TRY(viewer.party_filter(request));
  filter.place = TRY(query_text(request, "place"));
  filter.substance = TRY(query_text(request, "substance"));
  filter.lot = TRY(query_text(request, "lot"));
  return filter;
}

/// Goods on the road to the caller are not shown before its count, not even that they are there.
bool is_hidden(const Balance& row, Viewer& viewer, Whereabouts where) {
  if (where != Whereabouts::transit) return false;
  return viewer.is_blind_to_subject("consignment:" + row.account.substr(row.account.find(':') + 1));
}

Result<Response> list_of_balances(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  Viewer viewer(request, *reader);
  const BalanceFilter filter = TRY(balance_filter(request, viewer));
  return list_page(service, request, "listBalances", [&](const Page& page, Json& rows) {
    auto found = list_balances(*reader, filter, page);
    for (const Balance& row : found.rows)
      if (!is_hidden(row, viewer, filter.where)) rows.push_back(balance_json(row, service.rules()));
    return found.next;
  });
}

}  // namespace

Routes stock_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {list_route("/v1/lots", "listLots", "Lots 批次.", kByRights, row_schema<Lot>(),
                     {text_parameter("party", "Lots that are or were at its sites."),
                      text_parameter("substance", "Code."), text_parameter("id", "First characters of the number.")},
                     with(list_of_lots)),
          read_route("/v1/lots/{lot}", "getLot", "One lot and where it is.", kByRights, lot_schema(), with(get_lot)),
          list_route("/v1/balances", "listBalances", "What is at a site or on the road 结存.", kByRights,
                     row_schema<Balance>(),
                     {choice_parameter<Whereabouts>("where", "At sites, unless told."),
                      text_parameter("party", "Owner of the site, or one who takes part in the consignment."),
                      text_parameter("place", "Id of the site or consignment."), text_parameter("substance", "Code."),
                      text_parameter("lot", "Number of the lot.")},
                     with(list_of_balances))};
}

}  // namespace api
