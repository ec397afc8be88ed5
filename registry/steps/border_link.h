#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/rows.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

// One-time links for partner authorities. The agency's device draws a secret; the agency signs an entry with the hash
// of it (border.link), and hands the secret over. Whoever opens or uses the link shows the secret, and the entry that
// uses it holds it, so that everyone can check that the answer came through this link: not even who runs the registry
// can invent one.
namespace registry {

inline constexpr std::size_t kLinkSecretDigits = 64;

/// "<link>.<64 hex digits>"
struct LinkToken {
  std::string link, secret;
  static std::optional<LinkToken> parse(std::string_view text);
  std::string str() const { return link + "." + secret; }
};
/// Hex SHA-256 of "ledger.border-link/v1" 00 secret.
std::string link_secret_hash(std::string_view secret);

/// Somebody shows a secret to read a notice or to answer it.
struct LinkUse {
  std::string_view border_case, secret;
  UtcTime now;
};
/// The link is good for this: else border-link-tampered (also for a link that does not exist: who does not know the
/// secret learns nothing), border-link-wrong-case, border-link-used, border-link-replaced, border-link-expired.
Check check_link(const BorderLink* link, const LinkUse& use);

/// border.link/v1, border.read/v1
Result<std::unique_ptr<Step>> parse_border_link(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_border_read(const nlohmann::json& payload, const RulePack& rules);

/// The members `link` and `secret` of an answer or confirmation. Both or neither, as `wanted` says.
struct LinkMembers {
  std::string link, secret;
};
LinkMembers read_link_members(PayloadReader& in, bool wanted);
/// The registry itself makes the entry, with a good link of the purpose; the link is used up.
Check use_link(const Facts& facts, const StepContext& context, const LinkMembers& members, const BorderCase& of,
               BorderLinkPurpose purpose, Outcome& out);

}  // namespace registry
