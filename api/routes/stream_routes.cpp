#include "api/routes/stream_routes.h"

#include <algorithm>
#include <charconv>

#include "api/http/json_body.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "registry/base/limits.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kSummary =
    "What changes, as server-sent events. An event \"change\" names the things that an entry made or changed and that "
    "the caller may ask for: {\"index\", \"received\", \"changed\": [{\"kind\", \"id\", \"new\"}]}; it holds no "
    "amounts. "
    "Its id is the log index: a client that comes back with Last-Event-ID misses nothing. \"ready\" says from which "
    "index on it tells; \"end\" says why it ends: session-ended, or replaced by a newer stream of the same session.";

/// The browser's own reconnection sends the id of the last event it had; other text is no index and does not count.
std::optional<std::int64_t> last_event(const Request& request) {
  const auto field = request.headers.find("last-event-id");
  std::int64_t index = 0;
  if (!field || field->empty()) return {};
  const auto [end, error] = std::from_chars(field->data(), field->data() + field->size(), index);
  if (error != std::errc() || end != field->data() + field->size() || index < 0 || index >= limits::kIndexMax)
    return {};
  return index;
}

/// Never beyond the end: an id from a ledger that was put back from a copy begins where that is now.
Result<Response> stream(const Service& service, const Request& request) {
  const std::int64_t size = service.registry.status().state.size;
  std::int64_t from = TRY(query_int(request, "from", 0, limits::kIndexMax, size));
  if (const auto last = last_event(request)) from = *last + 1;
  const auto follow = request.query_value("follow");
  if (follow && *follow != "yes" && *follow != "no") return not_one_of("follow", {"yes", "no"});
  return stream_response(TRY(service.feed.open(request, std::min(from, size), follow != "no")));
}

}  // namespace

Routes stream_routes(const Service& service) {
  Access who = kByRights;
  who.unattended = true;
  Route route = read_route("/v1/stream", "streamChanges", std::string(kSummary), who, R"({"type":"string"})",
                           [&service](const Request& request) { return stream(service, request); });
  route.response_type = "text/event-stream";
  route.refusals.emplace_back("too-many-streams");
  route.parameters = {integer_parameter("from", "The first log index to tell of; unless told, what comes from now on."),
                      choice_parameter("follow", "no: ends when all that is known is told.", {"yes", "no"})};
  return {std::move(route)};
}

}  // namespace api
