#include "registry/steps/certificate.h"

#include <algorithm>

#include "crypto/certificate_chain.h"
#include "crypto/encoding.h"
#include "registry/rules/certificates.h"
#include "registry/steps/code_list.h"
#include "registry/steps/forms.h"

namespace registry {
namespace {

constexpr std::size_t kBase64Max = 8192, kHashDigits = 64;
constexpr std::string_view kNoAnchors = "none";

std::string_view rule_of(crypto::ChainFault fault) {
  switch (fault) {
    case crypto::ChainFault::too_long:
      return "certificate-too-long";
    case crypto::ChainFault::too_large:
      return "certificate-too-large";
    case crypto::ChainFault::unreadable:
      return "certificate-unreadable";
    case crypto::ChainFault::algorithm:
      return "certificate-algorithm";
    case crypto::ChainFault::not_yet_valid:
      return "certificate-not-yet-valid";
    case crypto::ChainFault::expired:
      return "certificate-expired";
    case crypto::ChainFault::not_a_ca:
      return "certificate-not-a-ca";
    case crypto::ChainFault::path_length:
      return "certificate-path-length";
    case crypto::ChainFault::broken:
      return "certificate-broken";
  }
  return {};
}

/// Names the unit by its code, in one of the attributes and with one of the prefixes that the rules know.
bool names_unit(const crypto::ShownCertificate& shown, const CertificateRules& rules, const Party& party) {
  const auto known = [&](const std::string& type) {
    return std::find(rules.subject_attributes.begin(), rules.subject_attributes.end(), type) !=
           rules.subject_attributes.end();
  };
  return !party.uscc.empty() && std::any_of(shown.subject.begin(), shown.subject.end(), [&](const auto& attribute) {
    return known(attribute.first) && std::any_of(rules.prefixes.begin(), rules.prefixes.end(), [&](const auto& prefix) {
             return attribute.second == prefix + party.uscc;
           });
  });
}

Check check_anchor(const Facts& facts, const crypto::ShownCertificate& shown) {
  const Setting* anchors = facts.find<Setting>(kAnchorSetting);
  const std::string anchor = shown.anchor.hex();
  if (anchors && has_code(anchors->value, anchor)) return Accepted{};
  return refuse("certificate-anchor-unknown").with("anchor", anchor).at("/chain");
}

/// A key that the unit has enrolled here and has not given up.
Check check_key(const Facts& facts, const crypto::ShownCertificate& shown, const Party& party) {
  const std::string id = shown.key.id().hex();
  const Key* key = facts.find<Key>(id);
  if (key && key->party == party.id && key->state == KeyState::active) return Accepted{};
  return refuse("certificate-other-key").with("key", id).with("party", party.id).at("/chain/0/certificate");
}

}  // namespace

bool is_anchor_list(std::string_view value) {
  if (value == kNoAnchors) return true;
  bool good = !value.empty() && value.back() != ',';
  each_code(value, [&](std::string_view one) { good = good && is_lower_hex(one, kHashDigits); });
  return good;
}

CertificateEvidence::CertificateEvidence(PayloadReader& in) {
  for (PayloadReader& line : in.lines("chain", true)) {
    const std::string text = line.text("certificate", kBase64Max);
    auto der = crypto::parse_base64(text);
    if (!text.empty() && !der) line.fault("certificate", "bad_base64", "DER in base 64");
    chain_.push_back(std::move(der).value_or(""));
  }
  if (!chain_.empty()) key_ = crypto::certificate_key(chain_.front());
}

void CertificateEvidence::need(FactKeys& keys) const {
  keys.want<Setting>(kAnchorSetting);
  if (key_) keys.want<Key>(key_->id().hex());
}

Check CertificateEvidence::check(const Facts& facts, const StepContext& context, const RulePack& rules,
                                 const Party& party) const {
  const CertificateRules& wanted = rules.certificates();
  const auto read = crypto::check_certificate_chain(chain_, context.rtime.ms / 1000,
                                                    {wanted.certificates_max, wanted.certificate_bytes_max});
  if (const auto* fault = std::get_if<crypto::ChainFault>(&read))
    return refuse(std::string(rule_of(*fault))).with("now", context.rtime.str()).at("/chain");
  const auto& shown = std::get<crypto::ShownCertificate>(read);
  TRY(check_anchor(facts, shown));
  TRY(check_key(facts, shown, party));
  if (names_unit(shown, wanted, party)) return Accepted{};
  return refuse("certificate-other-unit").with("party", party.id).with("uscc", party.uscc).at("/chain/0/certificate");
}

}  // namespace registry
