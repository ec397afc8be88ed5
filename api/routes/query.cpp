#include "api/routes/query.h"

#include <nlohmann/json.hpp>

#include "api/http/text.h"

namespace api {
namespace {

using registry::refuse;
using registry::Result;

constexpr std::size_t kTextMax = 200;

std::string pointer(std::string_view name) { return "query/" + std::string(name); }

}  // namespace

Result<std::string> query_text(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::string();
  if (text->empty()) return refuse("bad-parameter").at(pointer(name), "empty");
  if (text->size() > kTextMax) return refuse("bad-parameter").at(pointer(name), "too_long");
  return std::string(*text);
}

registry::Refusal not_one_of(std::string_view name, const std::vector<std::string_view>& allowed) {
  std::string list;
  for (const std::string_view each : allowed) list.append(list.empty() ? "one of " : ", ").append(each);
  return refuse("bad-parameter").at(pointer(name), "not_allowed", list);
}

Result<std::string> query_region(const Request& request) {
  std::string region = TRY(query_text(request, "region"));
  if (region.empty() || (region.size() >= 2 && region.size() <= 6 && is_digits(region))) return region;
  return refuse("bad-parameter").at(pointer("region"), "bad_region", "2 to 6 digits");
}

Parameter text_parameter(std::string name, std::string description) {
  return {std::move(name), std::move(description), false, R"({"type":"string","maxLength":200})"};
}

Parameter integer_parameter(std::string name, std::string description, bool required) {
  return {std::move(name), std::move(description), required, R"({"type":"integer","minimum":0})"};
}

Parameter choice_parameter(std::string name, std::string description, const std::vector<std::string_view>& allowed) {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const std::string_view each : allowed) schema["enum"].push_back(each);
  return {std::move(name), std::move(description), false, schema.dump()};
}

}  // namespace api
