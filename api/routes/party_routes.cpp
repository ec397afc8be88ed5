#include "api/routes/party_routes.h"

#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/viewer.h"
#include "registry/base/limits.h"
#include "registry/views/parties.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kKinds[] = {"producer", "trader",     "user",   "hospital", "carrier", "importer",
                                       "exporter", "wholesaler", "agency", "operator", "registry"};

/// "a=b", for a party's own rows and those who see all.
template <class T>
Result<Response> one(const Service& service, const Request& request, const char* parameter, const char* what) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const std::string& id = request.parameter(parameter);
  const auto row = find_row<T>(*reader, id);
  if (!row || !Viewer(request, *reader).is(row->party)) return nothing(what, id);
  return json_response(200, row_json(*row, service.rules()));
}

Result<Response> list(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Viewer viewer(request, *reader);
  PartyFilter filter;
  const std::string kind = TRY(query_text(request, "kind"));
  if (!kind.empty() && std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds))
    return not_one_of("kind", {std::begin(kKinds), std::end(kKinds)});
  filter.kind = kind;
  filter.region = TRY(query_region(request));
  filter.status = TRY(query_enum<PartyStatus>(request, "status"));
  filter.name = TRY(query_text(request, "name"));
  return list_page(service, request, "listParties", [&](const Page& page, Json& rows) {
    auto found = viewer.sees_all() ? list_parties(*reader, filter, page) : PageOf<Party>{};
    if (!viewer.sees_all())
      if (auto own = find_row<Party>(*reader, viewer.party())) found.rows.push_back(std::move(*own));
    for (const Party& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

Result<Party> party_of(const Request& request, Reader& reader) {
  const std::string& id = request.parameter("party");
  auto row = find_row<Party>(reader, id);
  if (!row || !Viewer(request, reader).may_see_party(id)) return nothing("party", id);
  return std::move(*row);
}

Result<Response> get(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  return json_response(200, row_json(TRY(party_of(request, *reader)), service.rules()));
}

/// A list of what belongs to one party.
template <class List>
Result<Response> list_of_party(const Service& service, const Request& request, std::string_view operation, List list) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const Party party = TRY(party_of(request, *reader));
  return list_page(service, request, operation, [&](const Page& page, Json& rows) {
    auto found = list(*reader, party.id, page);
    for (const auto& row : found.rows) rows.push_back(row_json(row, service.rules()));
    return found.next;
  });
}

Result<Response> list_of_sites(const Service& service, const Request& request) {
  return list_of_party(service, request, "listSites", list_sites);
}
Result<Response> list_of_keys(const Service& service, const Request& request) {
  return list_of_party(service, request, "listKeys", list_keys);
}
Result<Response> list_of_chains(const Service& service, const Request& request) {
  return list_of_party(service, request, "listChains", list_chains);
}

Result<Response> get_site(const Service& service, const Request& request) {
  return one<Site>(service, request, "site", "site");
}
Result<Response> get_chain(const Service& service, const Request& request) {
  return one<Chain>(service, request, "chain", "chain");
}

/// Validity goes by log index, not by the clock.
std::string state_at(const Key& key, std::int64_t index) {
  if (index < key.since) return "unknown";
  return key.revoked != kNone && index >= key.revoked ? "revoked" : "active";
}

Result<Response> get_key(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const std::int64_t at = TRY(query_int(request, "at", 0, limits::kIndexMax, reader->state().size));
  const std::string& id = request.parameter("key");
  const auto row = find_row<Key>(*reader, id);
  if (!row || !Viewer(request, *reader).is(row->party)) return nothing("key", id);
  Json out = row_json(*row, service.rules());
  out["at"] = at;
  out["state_at"] = state_at(*row, at);
  return json_response(200, out);
}

}  // namespace

Routes party_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  Route key = read_route("/v1/keys/{key}", "getKey", "A signing key and its state at a log index.", kByRights,
                         row_schema<Key>(), with(get_key));
  key.parameters = {integer_parameter("at", "Log index; now unless told.")};
  return {
      list_route(
          "/v1/parties", "listParties", "Units 单位 and agencies 机关.", kByRights, row_schema<Party>(),
          {choice_parameter("kind", "What it does.", {std::begin(kKinds), std::end(kKinds)}),
           text_parameter("region", "First 2 to 6 digits of the region code (GB/T 2260)."),
           choice_parameter<PartyStatus>("status", "Where it stands."), text_parameter("name", "Part of its name.")},
          with(list)),
      read_route("/v1/parties/{party}", "getParty", "One unit or agency.", kByRights, row_schema<Party>(), with(get)),
      list_route("/v1/parties/{party}/sites", "listSites", "Its sites 场所.", kByRights, row_schema<Site>(), {},
                 with(list_of_sites)),
      list_route("/v1/parties/{party}/keys", "listKeys", "Its signing keys.", kByRights, row_schema<Key>(), {},
                 with(list_of_keys)),
      list_route("/v1/parties/{party}/chains", "listChains", "The chains of its keys.", kByRights, row_schema<Chain>(),
                 {}, with(list_of_chains)),
      read_route("/v1/sites/{site}", "getSite", "One site.", kByRights, row_schema<Site>(), with(get_site)),
      read_route("/v1/chains/{chain}", "getChain", "Head and state of an author's chain.", kByRights,
                 row_schema<Chain>(), with(get_chain)),
      std::move(key)};
}

}  // namespace api
