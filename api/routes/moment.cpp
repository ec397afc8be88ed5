#include "api/routes/moment.h"

#include "api/http/json_body.h"
#include "api/routes/query.h"
#include "registry/base/limits.h"

namespace api {

using namespace registry;

Result<std::optional<UtcTime>> query_as_of(const Request& request) {
  const std::string text = TRY(query_text(request, "as_of"));
  if (text.empty()) return std::optional<UtcTime>();
  if (const auto time = UtcTime::parse(text)) return time;
  if (const auto day = Date::parse(text)) return std::optional(end_of(*day).plus_ms(-1));
  return refuse("bad-parameter").at("query/as_of", "bad_time");
}

Result<Sight> sight_of(const Service& service, const Request& request) {
  const auto as_of = TRY(query_as_of(request));
  const std::int64_t index = TRY(query_int(request, "known_at", 0, limits::kIndexMax, kNone));
  if (!as_of && index == kNone) return Sight{service.registry.read(), service.registry.clock().now()};
  auto reader = TRY(service.registry.read_past(index == kNone ? std::nullopt : std::optional(index), as_of));
  const UtcTime now = as_of ? *as_of : reader->state().rtime;
  return Sight{std::move(reader), now};
}

Route with_time(Route route) {
  route.parameters.push_back(text_parameter(
      "as_of",
      "Only what had happened by this day or time, as the authors say: 2026-01-31 or 2026-01-31T08:15:30.123Z."));
  route.parameters.push_back(integer_parameter("known_at", "Only what was known when this log index was the newest."));
  route.refusals.push_back("known-at-unknown");
  route.refusals.push_back("history-behind");
  return route;
}

}  // namespace api
