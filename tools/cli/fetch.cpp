#include "tools/cli/fetch.h"

#include <nlohmann/json.hpp>

#include "crypto/json.h"

namespace tools {
namespace {

using Json = nlohmann::json;

constexpr crypto::JsonLimits kAnswerLimits{std::size_t{64} << 20, 64, false};
constexpr const char* kPageRows = "200";

std::string text_of(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_object() && value.contains("text")) return text_of(value["text"]);
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const Json& each : value) out += (out.empty() ? "" : ", ") + text_of(each);
  return out;
}

}  // namespace

Json json_of(const Answer& answer) {
  if (!answer.good()) throw RefusedError(answer);
  auto read = crypto::read_json(answer.body, kAnswerLimits);
  if (const auto* error = std::get_if<crypto::JsonError>(&read))
    throw LinkError("the server's answer cannot be read: " + error->detail);
  return std::get<Json>(std::move(read));
}

Json get_json(ServerLink& link, std::string_view path) { return json_of(link.get(path)); }

Json get_rows(ServerLink& link, const std::string& path) {
  Json rows = Json::array();
  std::string cursor;
  do {
    const Json page = get_json(link, with_query(path, {{"limit", kPageRows}, {"cursor", cursor}}));
    for (const Json& row : page.at("data")) rows.push_back(row);
    cursor = cell(page, "next_cursor");
  } while (!cursor.empty());
  return rows;
}

std::string with_query(std::string path, const std::vector<std::pair<std::string, std::string>>& parameters) {
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    path += path.find('?') == std::string::npos ? '?' : '&';
    path += name + '=' + url_encode(value);
  }
  return path;
}

std::string cell(const Json& row, std::string_view member) {
  const auto at = row.find(member);
  return at == row.end() ? std::string() : text_of(*at);
}

}  // namespace tools
