#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/access/json_web_token.h"
#include "api/access/key_set.h"
#include "api/access/roles.h"

namespace api {

/// Whoever has `value` in `claim`, which is a text or a list of texts, has the role, for the agency.
struct OidcRole {
  std::string claim, value;
  Role role = Role::inspector;
  Agency agency;
  /// Id of the agency in the ledger; empty for one that is not enrolled there.
  std::string party;
};

/// How agencies with a sign-in service of their own sign in (OpenID Connect).
struct OidcSettings {
  std::string issuer, audience;
  /// RS256 too, beside EdDSA and ES256.
  bool takes_rs256 = false;
  int skew_s = 60;
  /// The first that fits counts.
  std::vector<OidcRole> roles;
};

/// Roles that a claim can give: those of officials, whose sight an agency bounds, and the auditor's.
bool is_role_for_oidc(Role role);

/// Reads bearer tokens of one issuer. Borrows the clock. Thread-safe.
class Oidc {
 public:
  Oidc(OidcSettings settings, FetchKeys fetch, const registry::Clock& clock);

  /// Who the token is of. Refuses as read_web_token and KeySet; with oidc-token-algorithm (none of those allowed, or
  /// not that of the key), oidc-signature-wrong, oidc-issuer, oidc-audience, oidc-time and oidc-no-role.
  registry::Result<std::shared_ptr<const Caller>> find(std::string_view token);

 private:
  registry::Check check_claims(const crypto::Json& claims) const;
  registry::Check check_time(const crypto::Json& claims) const;
  const OidcRole* role_of(const crypto::Json& claims) const;
  const OidcSettings settings_;
  const registry::Clock& clock_;
  KeySet keys_;
};

}  // namespace api
