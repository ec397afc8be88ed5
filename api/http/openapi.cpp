#include "api/http/openapi.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/http/text.h"

namespace api {
namespace {

/// A tail parameter is an ordinary one in OpenAPI, which has no word for it.
std::string document_path(std::string path) {
  const auto tail = path.find("*}");
  if (tail != std::string::npos) path.erase(tail, 1);
  return path;
}

std::string tag_of(const Route& route) {
  if (!route.tag.empty()) return route.tag;
  std::string_view rest = std::string_view(route.path).substr(1);
  const std::string_view first = cut(rest, '/'), second = cut(rest, '/');
  return std::string(second.empty() || second.front() == '{' ? first : second);
}

Json path_parameters(const std::string& path) {
  Json out = Json::array();
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
    const std::string name = path.substr(open + 1, path.find('}', open) - open - 1);
    out.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  return out;
}

Json parameters_of(const Route& route) {
  Json out = path_parameters(document_path(route.path));
  for (const Parameter& each : route.parameters)
    out.push_back({{"name", each.name},
                   {"in", "query"},
                   {"description", each.description},
                   {"required", each.required},
                   {"schema", Json::parse(each.schema)}});
  return out;
}

Json media(const std::string& schema) {
  Json out = Json::object();
  if (!schema.empty()) out["schema"] = Json::parse(schema);
  return out;
}

Json request_body(const Route& route) {
  Json content = Json::object();
  for (const std::string& type : route.request_types) content[type] = media(route.request_schema);
  return {{"required", true}, {"content", std::move(content)}};
}

/// What the gateway itself may answer on this route.
std::vector<std::string> gateway_rules(const Route& route) {
  std::vector<std::string> out{"malformed-request", "timeout", "too-many-requests", "internal-error",
                               "store-unavailable"};
  if (!route.access.open) out.insert(out.end(), {"unauthenticated", "forbidden"});
  if (!route.parameters.empty()) out.emplace_back("bad-parameter");
  if (route.path.find('{') != std::string::npos) out.emplace_back("not-found");
  if (route.body_bytes_max != 0) out.insert(out.end(), {"body-too-large", "unsupported-media-type"});
  if (route.method == Method::post || route.method == Method::put) out.emplace_back("length-required");
  return out;
}

Json problem_response(const std::set<std::string>& rules, const Problems& problems) {
  std::string description;
  for (const std::string& rule : rules) {
    const auto text = problems.text(rule);
    description.append(description.empty() ? "" : "; ").append(rule);
    if (text) description.append(": ").append(text->title).append(" (").append(text->title_zh).append(")");
  }
  return {{"description", description},
          {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}},
          {"x-rules", rules}};
}

/// What a 429 says besides; draft-ietf-httpapi-ratelimit-headers.
Json waiting_headers() {
  return Json::parse(R"({
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
    "RateLimit": {"description": "Whose allowance, what is left of it, and seconds until all of it is there again: \"address\";r=0;t=60. On every answer where requests are counted.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "Its quota and the seconds it is for: \"address\";q=3000;w=60.", "schema": {"type": "string"}}})");
}

Json responses_of(const Route& route, const Problems& problems) {
  std::map<int, std::set<std::string>> by_status;
  for (const std::string& rule : gateway_rules(route)) by_status[problems.status(rule)].insert(rule);
  for (const std::string& rule : route.refusals) by_status[problems.status(rule)].insert(rule);
  Json out = Json::object();
  for (const auto& [status, rules] : by_status) out[std::to_string(status)] = problem_response(rules, problems);
  out["429"]["headers"] = waiting_headers();
  Json good{{"description", route.summary}};
  if (route.success_status != 204) good["content"] = {{route.response_type, media(route.response_schema)}};
  out[std::to_string(route.success_status)] = std::move(good);
  return out;
}

Json operation_of(const Route& route, const Problems& problems) {
  Json out{{"operationId", route.operation},
           {"summary", route.summary},
           {"tags", Json::array({tag_of(route)})},
           {"responses", responses_of(route, problems)},
           {"security", Json::array()}};
  if (!route.access.open)
    for (const char* way : {"bearer", "signature", "session"}) out["security"].push_back({{way, Json::array()}});
  if (Json parameters = parameters_of(route); !parameters.empty()) out["parameters"] = std::move(parameters);
  if (route.body_bytes_max != 0) out["requestBody"] = request_body(route);
  return out;
}

Json problem_schema() {
  return Json::parse(R"({
    "type": "object",
    "description": "A refusal (RFC 9457).",
    "required": ["type", "title", "status", "instance", "rule"],
    "properties": {
      "type": {"type": "string"}, "title": {"type": "string"}, "title_zh": {"type": "string"},
      "status": {"type": "integer"}, "detail": {"type": "string"}, "detail_zh": {"type": "string"},
      "instance": {"type": "string", "description": "The request id."},
      "rule": {"type": "string"}, "article": {"type": "string"}, "confidence": {"type": "string"},
      "confidence_note": {"type": "string"}, "confidence_note_zh": {"type": "string"},
      "what_to_do": {"type": "string"}, "what_to_do_zh": {"type": "string"},
      "facts": {"type": "object", "additionalProperties": {"type": "string"}},
      "errors": {"type": "array", "items": {
        "type": "object", "required": ["pointer", "code"],
        "properties": {"pointer": {"type": "string"}, "code": {"type": "string"},
                       "detail": {"type": "string"}, "detail_zh": {"type": "string"}}}}}})");
}

Json info_of(const ApiInfo& info) {
  Json out{{"title", info.title}, {"version", info.version}};
  if (!info.description.empty()) out["description"] = info.description;
  if (info.license_name.empty()) return out;
  out["license"]["name"] = info.license_name;
  if (!info.license_url.empty()) out["license"]["url"] = info.license_url;
  return out;
}

Json tags_of(const Routes& routes) {
  std::set<std::string> names;
  for (const Route& route : routes) names.insert(tag_of(route));
  Json out = Json::array();
  for (const std::string& name : names) out.push_back({{"name", name}});
  return out;
}

/// Signatures have no scheme of their own in OpenAPI.
Json security_schemes() {
  return {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
          {"signature",
           {{"type", "apiKey"},
            {"in", "header"},
            {"name", "Signature"},
            {"description",
             "RFC 9421, with an enrolled key: Signature-Input names what is covered, Content-Digest (RFC 9530) the "
             "body. Refused with the rules message-signature-* and content-digest-*."}}},
          {"session",
           {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-tallystick"}, {"description", "Of signIn."}}}};
}

}  // namespace

Json openapi(const ApiInfo& info, const Routes& routes, const Problems& problems) {
  Json paths = Json::object();
  for (const Route& route : routes)
    paths[document_path(route.path)][lower(name(route.method))] = operation_of(route, problems);
  Json out{{"openapi", "3.1.1"}, {"info", info_of(info)}, {"tags", tags_of(routes)}, {"paths", std::move(paths)}};
  if (!info.server_url.empty()) out["servers"] = Json::array({{{"url", info.server_url}}});
  out["components"]["schemas"]["Problem"] = problem_schema();
  out["components"]["securitySchemes"] = security_schemes();
  return out;
}

}  // namespace api
