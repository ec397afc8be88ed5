#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "crypto/json.h"
#include "registry/base/result.h"

namespace api {

/// A JSON Web Token in compact form (RFC 7519, RFC 7515), as read: nothing of it is believed yet.
struct JsonWebToken {
  std::string algorithm, kid;
  /// Never null.
  std::shared_ptr<const crypto::Json> claims;
  std::string signed_text, signature;
};

/// Longer ones are refused unread.
inline constexpr std::size_t kWebTokenMax = 8'192;

/// Whether it looks like one: three parts between dots. Our own tokens have no dot.
bool is_web_token(std::string_view token);

/// Refuses with oidc-token-form what is too long or not three parts of base64url, a header or claims that are no JSON
/// object or have a member twice, and no alg or kid; with oidc-token-header a header that wants more understood (crit,
/// b64) or brings its own key (jwk, jku, x5u, x5c).
registry::Result<JsonWebToken> read_web_token(std::string_view token);

}  // namespace api
