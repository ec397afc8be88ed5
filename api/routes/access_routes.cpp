#include "api/routes/access_routes.h"

#include <nlohmann/json.hpp>

#include "api/routes/party_names.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "registry/store/access_log.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kSchema = R"({"type":"object","properties":{"index":{"type":"integer"},
  "time":{"type":"string"},"who":{"type":"string"},"party":{"type":"string"},
  "party_name":{"type":"string"},"officer":{"type":"string"},
  "purpose":{"type":"string","enum":["case","inspection","routine","unstated"]},"reference":{"type":"string"},
  "operation":{"type":"string"},"path":{"type":"string"},"request":{"type":"string"},
  "subjects":{"type":"array","items":{"type":"string"}},
  "digest":{"type":["string","null"],"description":"Of an export: SHA-256 of the bytes that went out; for auditors."},
  "text":{"type":["string","null"],"description":"The canonical JSON that was hashed; for auditors."},
  "hash":{"type":"string"}}})";

/// A unit is told of itself alone, not of whom else the answer was about.
Json entry_json(const AccessEntry& entry, const std::string& party, PartyNames& names) {
  Json out = Json::parse(entry.text);
  out["party_name"] = names.of(out.at("party").get_ref<const std::string&>());
  out["hash"] = entry.hash.hex();
  out["text"] = party.empty() ? Json(entry.text) : Json();
  if (!out.contains("digest") || !party.empty()) out["digest"] = nullptr;
  out.erase("salt");
  if (party.empty()) return out;
  out["subjects"] = Json::array({party});
  out["path"] = nullptr;
  return out;
}

Result<Response> list(const Service& service, const Request& request) {
  if (!service.access_log) return nothing("access log", "of this server");
  const std::string own = own_party(request);
  std::string party = TRY(query_text(request, "party"));
  if (!own.empty() && !party.empty() && party != own) return nothing("party", party);
  if (party.empty()) party = own;
  const auto reader = service.registry.read();
  PartyNames names(*reader);
  return list_page(service, request, "listAccesses", [&](const Page& page, Json& rows) {
    std::optional<std::int64_t> before;
    std::int64_t at = 0;
    if (!page.after.empty() && from_value(page.after.front(), at)) before = at;
    const auto found = service.access_log->list(party, before, page.limit + 1);
    for (std::size_t i = 0; i < found.size() && i < page.limit; ++i) rows.push_back(entry_json(found[i], own, names));
    return found.size() > page.limit ? Row{found[page.limit - 1].index} : Row{};
  });
}

Result<Response> head(const Service& service, const Request&) {
  if (!service.access_log) return nothing("access log", "of this server");
  const AccessHead now = service.access_log->head();
  const std::string note = service.access_log->note();
  return json_response(200,
                       {{"size", now.size}, {"hash", now.hash.hex()}, {"note", note.empty() ? Json() : Json(note)}});
}

}  // namespace

Routes access_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {
      list_route("/v1/access-log", "listAccesses",
                 "Which officials looked at a party's data, when and why, the newest first; all of it for auditors.",
                 kByRights, std::string(kSchema), {text_parameter("party", "Whose data.")}, with(list)),
      read_route("/v1/access-log/head", "getAccessLogHead",
                 "Size and hash of the access log: whoever keeps it can tell later that nothing was taken out.",
                 kByRights,
                 R"({"type":"object","properties":{"size":{"type":"integer"},"hash":{"type":"string"},
                 "note":{"type":["string","null"],"description":"The same as a note signed by the log's key."}}})",
                 with(head))};
}

}  // namespace api
