#include "api/routes/entry_routes.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "api/http/browser_safety.h"
#include "api/http/json_body.h"
#include "api/routes/entry_access.h"
#include "api/routes/evidence.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "crypto/encoding.h"
#include "registry/base/limits.h"
#include "registry/log/leaf.h"
#include "registry/views/entries.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kLineSchema = R"({"type":"object","properties":{"index":{"type":"integer"},
  "type":{"type":"string"},"party":{"type":"string"},"chain":{"type":"string"},"cseq":{"type":"integer"},
  "rtime":{"type":"string","format":"date-time"}}})";
constexpr std::string_view kEntrySchema = R"({"type":"object","properties":{"index":{"type":"integer"},
  "entry_id":{"type":"string"},"type":{"type":"string"},"party":{"type":"string"},"chain":{"type":"string"},
  "cseq":{"type":"integer"},"rtime":{"type":"string","format":"date-time"},"header":{"type":"string"},
  "leaf":{"type":"string"},"signers":{"type":"array","items":{"type":"string"}},
  "payload":{"type":["object","null"]},"outcome":{"type":["object","null"]},
  "corrected":{"type":["object","null"],"description":"Original, correction and reason, on both entries alike.",
    "properties":{"reason":{"type":"string"},"original":{"type":"object"},"correction":{"type":"object"}}},
  "hidden_until_counted":{"type":"boolean",
    "description":"The receiver counts blind: payload and outcome are null until its count is stored."}}})";

Json line_json(const EntryLine& line) {
  return {{"index", line.index}, {"type", line.type}, {"party", line.party},
          {"chain", line.chain}, {"cseq", line.cseq}, {"rtime", line.rtime.str()}};
}

Json line_json(const EntryRow& entry) {
  return line_json({entry.index, entry.chain, entry.cseq, entry.party, entry.type, entry.rtime});
}

Json whole_json(const EntryRow& entry) {
  Json out = line_json(entry);
  out["payload"] = Json::parse(entry.payload);
  out["outcome"] = Json::parse(entry.outcome);
  return out;
}

/// Whoever reads one of the two reads both, with the reason; null where nothing was corrected.
Json corrected_json(Reader& reader, const EntryView& view) {
  const auto pair = view.shows_payload && view.shows_outcome ? correction_of(reader, view.entry) : std::nullopt;
  if (!pair) return {};
  const auto original = reader.entry(pair->original), correction = reader.entry(pair->by);
  if (!original || !correction) throw StoreFault(StoreError::corrupt, "a corrected entry is missing");
  Json by = whole_json(*correction);
  return {{"reason", by["payload"]["reason"]}, {"original", whole_json(*original)}, {"correction", std::move(by)}};
}

Json entry_json(Reader& reader, const EntryView& view) {
  const EntryRow& entry = view.entry;
  Json out = line_json(entry);
  out["entry_id"] = entry.id.hex();
  out["leaf"] = entry.leaf;
  if (const auto leaf = parse_leaf(entry.leaf)) {
    out["header"] = leaf->header_text;
    for (const EntrySignature& signature : leaf->signatures) out["signers"].push_back(signature.key.hex());
  }
  out["payload"] = view.shows_payload ? Json::parse(entry.payload) : Json();
  out["outcome"] = view.shows_outcome ? Json::parse(entry.outcome) : Json();
  out["corrected"] = corrected_json(reader, view);
  out["hidden_until_counted"] = !view.shows_outcome;
  return out;
}

Result<std::int64_t> index_of(const Request& request) {
  const std::string& text = request.parameter("index");
  std::int64_t index = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  const bool canonical = error == std::errc{} && end == text.data() + text.size() && std::to_string(index) == text;
  if (!canonical || index < 0 || index > limits::kIndexMax) return nothing("entry", text);
  return index;
}

Result<Response> list(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  const Viewer viewer(request, *reader);
  EntryFilter filter;
  filter.party = TRY(viewer.party_filter(request));
  filter.type = TRY(query_text(request, "type"));
  filter.chain = TRY(query_text(request, "chain"));
  filter.from = TRY(query_int(request, "from", 0, limits::kIndexMax, 0));
  filter.order = TRY(query_enum<EntryOrder>(request, "order")).value_or(EntryOrder::oldest);
  return list_page(service, request, "listEntries", [&](const Page& page, Json& rows) {
    auto found = list_entries(*reader, filter, page);
    for (const EntryLine& line : found.rows) rows.push_back(line_json(line));
    return found.next;
  });
}

Result<EntryView> find(Reader& reader, const Request& request, std::int64_t index) {
  Viewer viewer(request, reader);
  auto view = view_entry(reader, viewer, index);
  if (!view) return nothing("entry", std::to_string(index));
  return std::move(*view);
}

Result<Response> get(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  return json_response(200, entry_json(*reader, TRY(find(*reader, request, TRY(index_of(request))))));
}

Result<Response> get_by_id(const Service& service, const Request& request, const std::string& text) {
  const auto reader = service.registry.read();
  const auto id = crypto::Digest::parse_hex(text);
  const auto index = id ? reader->index_of(*id) : std::nullopt;
  if (!index) return nothing("entry", text);
  return json_response(200, entry_json(*reader, TRY(find(*reader, request, *index))));
}

Result<Response> get_receipt(const Service& service, const EntryView& view) {
  return text_response(200, TRY(service.registry.receipt(view.entry.index)).proof);
}

Result<Response> get_bundle(const Service& service, Reader& reader, const EntryView& view) {
  Response response = json_response(200, TRY(evidence_of(service.registry, reader, view)));
  offer_as_download(response, "entry-" + std::to_string(view.entry.index) + ".tallystick.json");
  return response;
}

Json personal_json(const PersonalView& view) {
  Json out = {{"n", view.n}, {"commitment", view.commitment}, {"state", "kept"}};
  if (view.value) {
    out["path"] = view.value->path;
    out["value"] = view.value->value;
    out["salt"] = crypto::to_base64(view.value->salt);
  } else {
    out["state"] = view.erased == kNone ? "missing" : "erased";
    if (view.erased != kNone) out["erased_at"] = view.erased;
  }
  return out;
}

/// For whom they are not, there are none.
Result<Response> get_personal(const Service& service, const Request& request, const EntryView& view) {
  if (!may_see_personal(request, view.entry.party)) return nothing("part", "private");
  Json values = Json::array();
  for (const PersonalView& value : service.registry.personal_values(view.entry.index))
    values.push_back(personal_json(value));
  return json_response(200, {{"index", view.entry.index}, {"values", std::move(values)}});
}

/// .../{index}/receipt, .../{index}/bundle and .../{index}/private, and .../by-id/{entry_id}: one template, as two
/// would both fit /v1/entries/by-id/receipt.
Result<Response> get_part(const Service& service, const Request& request) {
  const std::string& part = request.parameter("part");
  if (request.parameter("index") == "by-id") return get_by_id(service, request, part);
  if (part != "receipt" && part != "bundle" && part != "private") return nothing("part", part);
  const auto reader = service.registry.read();
  const EntryView view = TRY(find(*reader, request, TRY(index_of(request))));
  if (part == "private") return get_personal(service, request, view);
  return part == "receipt" ? get_receipt(service, view) : get_bundle(service, *reader, view);
}

}  // namespace

Routes entry_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  return {
      list_route("/v1/entries", "listEntries", "Entries in log order, without what they say.", kByRights,
                 std::string(kLineSchema),
                 {text_parameter("party", "Author."), text_parameter("type", "For instance transfer.dispatch."),
                  text_parameter("chain", "Chain of an author's key."), integer_parameter("from", "First log index."),
                  choice_parameter<EntryOrder>("order", "Which end comes first; the oldest, unless told.")},
                 with(list)),
      read_route("/v1/entries/{index}", "getEntry", "One entry with payload and outcome.", kByRights,
                 std::string(kEntrySchema), with(get)),
      read_route(
          "/v1/entries/{index}/{part}", "getEntryPart",
          "receipt: proof of the entry's place under the newest checkpoint (c2sp.org/tlog-proof@v1, text). bundle: "
          "everything to check it offline, in one file. private: the personal values that the entry commits to, with "
          "their salts, for its author and the agencies; what was erased says where. With by-id for the index and an "
          "entry id for the part: the "
          "entry itself.",
          kByRights, R"({"type":"object"})", with(get_part))};
}

}  // namespace api
