#include "api/routes/log_routes.h"

#include <nlohmann/json.hpp>

#include "api/access/roles.h"
#include "api/http/json_body.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "crypto/checkpoint.h"
#include "registry/base/limits.h"
#include "registry/log/entry_bundle.h"
#include "registry/log/leaf.h"
#include "registry/log/tile_path.h"
#include "registry/service/proofs.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kForever = "public, max-age=31536000, immutable";
/// A partial tile stays true, but a fuller one soon takes its place.
constexpr std::string_view kAWhile = "public, max-age=60";

Json path_json(const std::vector<crypto::Digest>& path) {
  Json out = Json::array();
  for (const crypto::Digest& hash : path) out.push_back(hash.base64());
  return out;
}

Result<Response> checkpoint_note(const Service& service, const Request&) {
  std::string note = service.registry.checkpoint();
  if (note.empty()) return nothing("checkpoint", "of an empty log");
  return text_response(200, std::move(note)).set_header("Cache-Control", "no-cache");
}

Result<Response> checkpoint(const Service& service, const Request&) {
  const std::string note = service.registry.checkpoint();
  const auto head = crypto::open_checkpoint(note, service.registry.log_key());
  if (!head) return nothing("checkpoint", "of an empty log");
  return json_response(200, {{"origin", head->origin},
                             {"size", head->size},
                             {"root", head->root.base64()},
                             {"log_key", service.registry.log_key().vkey()},
                             {"note", note}});
}

Result<Response> inclusion(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  const std::int64_t now = reader->state().size;
  const std::int64_t index = TRY(query_int(request, "index", 0, limits::kIndexMax, 0));
  const std::int64_t size = TRY(query_int(request, "size", 0, limits::kIndexMax, now));
  const auto path = TRY(inclusion_proof(*reader, static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(size)));
  const auto entry = reader->entry(index);
  if (!entry) return nothing("entry", std::to_string(index));
  return json_response(
      200,
      {{"index", index}, {"size", size}, {"leaf_hash", leaf_hash(entry->leaf).base64()}, {"path", path_json(path)}});
}

Result<Response> consistency(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  const std::int64_t from = TRY(query_int(request, "from", 0, limits::kIndexMax, 0));
  const std::int64_t to = TRY(query_int(request, "to", 0, limits::kIndexMax, reader->state().size));
  const auto path = TRY(consistency_proof(*reader, static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to)));
  return json_response(200, {{"from", from}, {"to", to}, {"path", path_json(path)}});
}

std::string bundle_bytes(Reader& reader, const TilePath& path) {
  std::vector<std::string> leaves;
  for (EntryRow& entry : reader.entries(static_cast<std::int64_t>(path.index * kTileWidth), path.width))
    leaves.push_back(std::move(entry.leaf));
  return format_entry_bundle(leaves);
}

Result<Response> tile(const Service& service, const Request& request) {
  const std::string& text = request.parameter("tile");
  const auto path = parse_tile_path("tile/" + text);
  if (!path) return nothing("tile", text);
  const auto reader = service.registry.read();
  const bool is_bundle = path->level == TilePath::kEntries;
  const auto size = static_cast<std::uint64_t>(reader->state().size);
  if (path->width > tile_width(is_bundle ? 0 : path->level, path->index, size)) return nothing("tile", text);
  std::string bytes =
      is_bundle ? bundle_bytes(*reader, *path) : tile_hashes(*reader, path->level, path->index, path->width);
  Response response = bytes_response(200, "application/octet-stream", std::move(bytes));
  return response.set_header("Cache-Control", path->width == kTileWidth ? kForever : kAWhile);
}

Route text_route(std::string path, std::string operation, std::string summary, std::string type, Handler handler) {
  Route route = read_route(std::move(path), std::move(operation), std::move(summary), kOpen, {}, std::move(handler));
  route.response_type = std::move(type);
  route.tag = "log";
  return route;
}

}  // namespace

Routes log_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  constexpr auto kProof = R"({"type":"object","properties":{"path":{"type":"array","items":{"type":"string"}}}})";
  Route proof = read_route("/v1/proof/inclusion", "proveInclusion",
                           "Audit path of an entry in the tree of the first `size` entries, hashes in base 64.", kOpen,
                           kProof, with(inclusion));
  proof.parameters = {integer_parameter("index", "Log index.", true),
                      integer_parameter("size", "Size of the tree; the newest unless told.")};
  Route prefix = read_route("/v1/proof/consistency", "proveConsistency",
                            "Proof that the tree of `from` entries is a prefix of the tree of `to`.", kOpen, kProof,
                            with(consistency));
  prefix.parameters = {integer_parameter("from", "Smaller size.", true),
                       integer_parameter("to", "Larger size; the newest unless told.")};
  return {read_route("/v1/checkpoint", "getCheckpoint", "The newest signed tree head.", kOpen, R"({"type":"object"})",
                     with(checkpoint)),
          std::move(proof), std::move(prefix),
          text_route("/log/checkpoint", "getLogCheckpoint", "The newest signed tree head, as a note.",
                     "text/plain; charset=utf-8", with(checkpoint_note)),
          text_route("/log/tile/{tile*}", "getTile", "Hash tiles and entry bundles (c2sp.org/tlog-tiles).",
                     "application/octet-stream", with(tile))};
}

}  // namespace api
