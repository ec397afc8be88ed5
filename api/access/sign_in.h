#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/access/challenges.h"
#include "api/access/oidc.h"
#include "api/access/sessions.h"
#include "api/access/signed_requests.h"
#include "api/http/message.h"

namespace api {

/// The prefix binds the cookie to this host, path / and TLS (browsers take http://localhost for that too).
inline constexpr std::string_view kSessionCookie = "__Host-tallystick";

/// Signing in without passwords: challenges, sessions, signed requests, and the address under which people see us.
struct SignIn {
  Challenges& challenges;
  Sessions& sessions;
  SignedRequests& signed_requests;
  const registry::Clock& clock;
  /// "https://registry.example"; empty takes the Host of the request, as on loopback.
  std::string origin;
  /// Null: bearer tokens are those of the token book alone.
  Oidc* oidc = nullptr;
};

/// The address in the browser of whoever sent the request.
std::string origin_of(const SignIn& sign_in, const Request& request);
/// The session's token in the Cookie field; nothing when there is none, or more than one.
std::optional<std::string_view> session_cookie(const Request& request);

/// A request that changes something and carries a session must come from a page of ours: Sec-Fetch-Site same-origin or
/// none, or else an Origin that is ours. Refuses with cross-site.
registry::Check check_same_site(const SignIn& sign_in, const Request& request);

}  // namespace api
