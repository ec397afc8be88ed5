#include "api/http/cursor.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "api/http/percent.h"
#include "crypto/digest.h"
#include "crypto/encoding.h"

namespace api {
namespace {

constexpr std::size_t kMacBytes = 32;
constexpr std::size_t kKeyBytesMin = 32;
constexpr std::size_t kTokenBytesMax = 2'048;

/// What the tag covers: each part behind its length, so that no two cursors give the same bytes.
std::string sealed_text(std::string_view operation, const Filters& filters, std::string_view position) {
  std::string out = "cursor/v1";
  const auto add = [&out](std::string_view part) { out.append(" " + std::to_string(part.size()) + ":").append(part); };
  add(operation);
  for (const auto& [name, value] : filters) add(name), add(value);
  out += " =";
  add(position);
  return out;
}

/// In a time that does not depend on where they differ.
bool equal(std::string_view a, std::string_view b) {
  unsigned differ = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) differ |= static_cast<unsigned char>(a[i] ^ b[i]);
  return differ == 0;
}

registry::Refusal bad() { return registry::refuse("bad-cursor").at("query/cursor", "bad-cursor"); }

std::string next_link(const Request& request, std::string_view next_cursor) {
  std::string out = "<" + request.path + "?";
  for (const auto& [name, value] : request.query)
    if (name != "cursor") out.append(percent_encode(name)).append("=").append(percent_encode(value)).append("&");
  return out.append("cursor=").append(percent_encode(next_cursor)).append(">; rel=\"next\"");
}

}  // namespace

Cursors::Cursors(std::string key) : key_(std::move(key)) {
  if (key_.size() < kKeyBytesMin) throw std::invalid_argument("the cursor key is too short");
}

std::string Cursors::seal(std::string_view operation, const Filters& filters, const Json& position) const {
  const std::string text = crypto::to_jcs(position);
  return crypto::to_base64url(hmac_sha256(key_, sealed_text(operation, filters, text)) + text);
}

registry::Result<Json> Cursors::open(std::string_view operation, const Filters& filters, std::string_view token) const {
  const auto bytes = token.size() > kTokenBytesMax ? std::nullopt : crypto::parse_base64url(token);
  if (!bytes || bytes->size() < kMacBytes) return bad();
  const std::string_view text = std::string_view(*bytes).substr(kMacBytes);
  // The tag is looked at first, as bytes; only what this server wrote is ever parsed.
  if (!equal(hmac_sha256(key_, sealed_text(operation, filters, text)), std::string_view(*bytes).substr(0, kMacBytes)))
    return bad();
  return Json::parse(text);
}

Filters Cursors::of_query(const Request& request) {
  Filters out = request.query;
  out.erase("cursor");
  out.erase("limit");
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  constexpr std::size_t kBlock = 64;
  std::string padded(key.size() > kBlock ? std::string(crypto::sha256(key).view()) : std::string(key));
  padded.resize(kBlock, '\0');
  std::string inner = padded, outer = padded;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  const crypto::Digest first = crypto::hash(crypto::HashAlg::sha256, {inner, message});
  return std::string(crypto::hash(crypto::HashAlg::sha256, {outer, first.view()}).view());
}

Response page_response(const Request& request, Json rows, std::string_view next_cursor) {
  Json body{{"data", std::move(rows)}, {"has_more", !next_cursor.empty()}, {"next_cursor", nullptr}};
  if (!next_cursor.empty()) body["next_cursor"] = next_cursor;
  Response response = json_response(200, body);
  if (!next_cursor.empty()) response.set_header("Link", next_link(request, next_cursor));
  return response;
}

}  // namespace api
