#include "api/http/message.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "api/http/text.h"
#include "registry/base/ensure.h"

namespace api {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 6> kMethods{{{Method::get, "GET"},
                                                                       {Method::head, "HEAD"},
                                                                       {Method::post, "POST"},
                                                                       {Method::put, "PUT"},
                                                                       {Method::delete_, "DELETE"},
                                                                       {Method::options, "OPTIONS"}}};

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

}  // namespace

std::string_view name(Method method) {
  for (const auto& [value, text] : kMethods)
    if (value == method) return text;
  return "?";
}

std::optional<Method> parse_method(std::string_view text) {
  for (const auto& [value, known] : kMethods)
    if (known == text) return value;
  return {};
}

void Headers::add(std::string_view name, std::string_view value) {
  fields_.push_back({text_.size(), name.size(), text_.size() + name.size(), value.size()});
  text_.append(name).append(value);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  const std::string_view text = text_;
  for (const Field& field : fields_)
    if (same_text(text.substr(field.name_at, field.name_size), name))
      return text.substr(field.value_at, field.value_size);
  return {};
}

std::size_t Headers::count(std::string_view name) const {
  const std::string_view text = text_;
  return static_cast<std::size_t>(std::count_if(fields_.begin(), fields_.end(), [&](const Field& field) {
    return same_text(text.substr(field.name_at, field.name_size), name);
  }));
}

std::optional<std::string> Headers::joined(std::string_view name) const {
  const std::string_view text = text_;
  std::optional<std::string> out;
  for (const Field& field : fields_) {
    if (!same_text(text.substr(field.name_at, field.name_size), name)) continue;
    out = (out ? *out + ", " : std::string()).append(text.substr(field.value_at, field.value_size));
  }
  return out;
}

const std::string& Request::parameter(std::string_view name) const {
  const auto found = path_parameters.find(name);
  registry::ensure(found != path_parameters.end(), "the path parameter is in the route's template");
  return found->second;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  const auto found = query.find(name);
  if (found == query.end()) return {};
  return found->second;
}

std::string Request::media_type() const {
  std::string_view rest = headers.find("content-type").value_or("");
  return lower(trim(cut(rest, ';')));
}

Response& Response::set_header(std::string_view name, std::string_view value) {
  if (!is_token(name)) throw std::invalid_argument("a header name is not a token");
  if (std::any_of(value.begin(), value.end(), is_control))
    throw std::invalid_argument("a header value has a control character");
  for (auto& [known, text] : headers)
    if (same_text(known, name)) return text = value, *this;
  headers.emplace_back(name, value);
  return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& [known, text] : headers)
    if (same_text(known, name)) return text;
  return {};
}

Response json_response(int status, const Json& value) {
  return bytes_response(status, "application/json", value.dump());
}

Response text_response(int status, std::string text) {
  return bytes_response(status, "text/plain; charset=utf-8", std::move(text));
}

Response bytes_response(int status, std::string content_type, std::string bytes) {
  Response response;
  response.status = status;
  response.content_type = std::move(content_type);
  response.body = std::move(bytes);
  return response;
}

Response file_response(std::string content_type, registry::SpoolFile file) {
  Response response = bytes_response(200, std::move(content_type), {});
  response.file = std::make_shared<const registry::SpoolFile>(std::move(file));
  return response;
}

Response refused(registry::Refusal refusal) {
  Response response;
  response.refusal = std::move(refusal);
  return response;
}

Response stream_response(std::shared_ptr<EventStream> stream) {
  Response response;
  response.content_type = "text/event-stream";
  response.stream = std::move(stream);
  // A proxy that gathers answers would keep the news to itself.
  return response.set_header("X-Accel-Buffering", "no");
}

Response empty_response() { return bytes_response(204, {}, {}); }

}  // namespace api
