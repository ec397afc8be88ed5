#include "api/access/oidc.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "crypto/digest.h"
#include "crypto/json_text.h"

namespace api {
namespace {

using namespace registry;
using crypto::Json;

constexpr std::size_t kSubjectMax = 200;
/// Beyond any calendar, and what a double holds exactly.
constexpr double kSecondsMax = 253'402'300'799.0;

/// A text that is the value, or a list of texts with it.
bool has(const Json& claims, const std::string& claim, const std::string& value) {
  const auto at = claims.find(claim);
  if (at == claims.end()) return false;
  if (!at->is_array()) return at->is_string() && *at == value;
  return std::any_of(at->begin(), at->end(), [&](const Json& each) { return each.is_string() && each == value; });
}

/// NumericDate (RFC 7519 section 2) in whole seconds, rounded down.
std::optional<std::int64_t> seconds(const Json& claims, const char* claim) {
  const auto at = claims.find(claim);
  if (at == claims.end() || !at->is_number()) return {};
  const double value = at->get<double>();
  if (!(value >= 0 && value <= kSecondsMax)) return {};
  return static_cast<std::int64_t>(value);
}

bool is_allowed(std::string_view algorithm, crypto::JwsAlgorithm of_key, bool takes_rs256) {
  return algorithm == name(of_key) && (of_key != crypto::JwsAlgorithm::rs256 || takes_rs256);
}

/// Told apart by the algorithm alone: it needs no key to be refused.
bool is_known(std::string_view algorithm, bool takes_rs256) {
  return algorithm == "EdDSA" || algorithm == "ES256" || (takes_rs256 && algorithm == "RS256");
}

Refusal wrong_algorithm(const JsonWebToken& token) {
  return refuse("oidc-token-algorithm").with("algorithm", token.algorithm.substr(0, 20));
}

Refusal at_wrong_time(const char* why) { return refuse("oidc-time").with("why", why); }

}  // namespace

bool is_role_for_oidc(Role role) {
  return role == Role::regulator || role == Role::bureau || role == Role::auditor || role == Role::inspector ||
         role == Role::issuer || role == Role::approver;
}

Oidc::Oidc(OidcSettings settings, FetchKeys fetch, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock), keys_(std::move(fetch), clock) {}

Check Oidc::check_time(const Json& claims) const {
  const std::int64_t now = clock_.now().ms / 1'000;
  const auto expires = seconds(claims, "exp");
  if (!expires || now >= *expires + settings_.skew_s) return at_wrong_time("exp");
  for (const char* claim : {"nbf", "iat"}) {
    if (!claims.contains(claim)) continue;
    const auto from = seconds(claims, claim);
    if (!from || now < *from - settings_.skew_s) return at_wrong_time(claim);
  }
  return Accepted{};
}

Check Oidc::check_claims(const Json& claims) const {
  if (crypto::text_of(claims, "iss") != settings_.issuer) return refuse("oidc-issuer");
  if (!has(claims, "aud", settings_.audience)) return refuse("oidc-audience");
  TRY(check_time(claims));
  const std::string subject = crypto::text_of(claims, "sub");
  if (subject.empty() || subject.size() > kSubjectMax) return refuse("oidc-no-role");
  return Accepted{};
}

const OidcRole* Oidc::role_of(const Json& claims) const {
  const auto found = std::find_if(settings_.roles.begin(), settings_.roles.end(),
                                  [&](const OidcRole& each) { return has(claims, each.claim, each.value); });
  return found == settings_.roles.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const Caller>> Oidc::find(std::string_view text_of_token) {
  const JsonWebToken token = TRY(read_web_token(text_of_token));
  if (!is_known(token.algorithm, settings_.takes_rs256)) return wrong_algorithm(token);
  const crypto::JwsKey key = TRY(keys_.find(token.kid));
  if (!is_allowed(token.algorithm, key.algorithm(), settings_.takes_rs256)) return wrong_algorithm(token);
  if (!key.verify(token.signed_text, token.signature)) return refuse("oidc-signature-wrong");
  TRY(check_claims(*token.claims));
  const OidcRole* role = role_of(*token.claims);
  if (!role) return refuse("oidc-no-role");
  const std::string subject = crypto::text_of(*token.claims, "sub");
  // Told apart by who they are: each has an allowance of requests of its own.
  const std::string id = crypto::sha256(settings_.issuer + "\n" + subject).hex();
  return std::make_shared<const Caller>(Caller::Signer{id, role->party, {}, subject, role->agency, {role->role}});
}

}  // namespace api
