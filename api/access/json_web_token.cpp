#include "api/access/json_web_token.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/http/text.h"
#include "crypto/encoding.h"
#include "crypto/json_text.h"

namespace api {
namespace {

using namespace registry;
using crypto::Json;

constexpr int kDepthMax = 8;

Refusal malformed(std::string_view why) { return refuse("oidc-token-form").with("why", std::string(why)); }

std::optional<Json> object_of(std::string_view part) {
  const auto bytes = crypto::parse_base64url(part);
  if (!bytes) return {};
  // Times may have a fraction (RFC 7519 section 2).
  auto read = crypto::read_json(*bytes, {kWebTokenMax, kDepthMax, true});
  auto* json = std::get_if<Json>(&read);
  if (!json || !json->is_object()) return {};
  return std::move(*json);
}

}  // namespace

bool is_web_token(std::string_view token) { return std::count(token.begin(), token.end(), '.') == 2; }

Result<JsonWebToken> read_web_token(std::string_view token) {
  if (token.size() > kWebTokenMax) return malformed("too long");
  std::string_view rest = token;
  const std::string_view head = cut(rest, '.'), body = cut(rest, '.');
  const auto header = object_of(head), claims = object_of(body);
  const auto signature = crypto::parse_base64url(rest);
  if (!header || !claims || !signature) return malformed("not three parts of base64url with JSON inside");
  for (const char* member : {"crit", "b64", "jwk", "jku", "x5u", "x5c"})
    if (header->contains(member)) return refuse("oidc-token-header").with("member", std::string(member));
  JsonWebToken out{crypto::text_of(*header, "alg"), crypto::text_of(*header, "kid"),
                   std::make_shared<const Json>(*claims), std::string(token.substr(0, head.size() + 1 + body.size())),
                   *signature};
  if (out.algorithm.empty() || out.kid.empty()) return malformed("no alg or kid");
  return out;
}

}  // namespace api
