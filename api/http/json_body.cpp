#include "api/http/json_body.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "registry/base/limits.h"

namespace api {

registry::Result<Json> read_body(const Request& request, const crypto::JsonLimits& limits) {
  auto read = crypto::read_json(request.body, limits);
  if (auto* value = std::get_if<Json>(&read)) return std::move(*value);
  const auto& error = std::get<crypto::JsonError>(read);
  return registry::refuse("malformed-request")
      .with("offset", std::to_string(error.offset))
      .at(error.pointer, error.code, error.detail);
}

registry::Result<std::int64_t> query_int(const Request& request, std::string_view name, std::int64_t min,
                                         std::int64_t max, std::int64_t fallback) {
  const auto text = request.query_value(name);
  if (!text) return fallback;
  const std::string pointer = "query/" + std::string(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size())
    return registry::refuse("bad-parameter").at(pointer, "bad_integer");
  if (value < min || value > max)
    return registry::refuse("bad-parameter")
        .at(pointer, "out_of_range", "from " + std::to_string(min) + " to " + std::to_string(max));
  return value;
}

registry::Result<std::size_t> page_limit(const Request& request) {
  return query_int(request, "limit", 1, registry::limits::kPageMax, registry::limits::kPageDefault)
      .map([](std::int64_t value) { return static_cast<std::size_t>(value); });
}

}  // namespace api
