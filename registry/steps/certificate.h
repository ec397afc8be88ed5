#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

// Certificates as evidence of who a unit is: the chain stands in the entry, the anchors that are trusted stand in the
// log as policy, and the days are asked of the entry's own time. Whoever has the log comes to the same answer.
namespace registry {

/// The policy setting with the anchors: SHA-256 of certificates of CAs, 64 hex digits each, joined by commas; or none.
inline constexpr std::string_view kAnchorSetting = "certificate_anchors";
bool is_anchor_list(std::string_view value);

/// A chain of certificates in a payload, the unit's first, the anchor last.
class CertificateEvidence {
 public:
  /// Reads the member `chain`, which may be absent.
  explicit CertificateEvidence(PayloadReader& in);

  void need(FactKeys& keys) const;
  /// The chain is good at the entry's time and ends in an anchor of the policy; its first certificate is for an
  /// enrolled key of the unit and names its code. Else certificate-... with the reason.
  Check check(const Facts& facts, const StepContext& context, const RulePack& rules, const Party& party) const;

 private:
  std::vector<std::string> chain_;
  /// Of the first certificate.
  std::optional<crypto::PublicKey> key_;
};

}  // namespace registry
