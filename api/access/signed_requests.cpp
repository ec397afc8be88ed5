#include "api/access/signed_requests.h"

#include <array>

#include "api/access/message_signature.h"
#include "crypto/key.h"
#include "crypto/raw_signature.h"

namespace api {
namespace {

using crypto::Suite;
using registry::Accepted;
using registry::Check;
using registry::refuse;
using registry::Result;
using registry::UtcTime;

constexpr std::int64_t kSecondMs = 1'000, kLifeMaxS = 300;
/// How far the clock of a signer may be ahead of ours.
constexpr std::int64_t kAheadMs = 10'000;

/// Names of RFC 9421 section 3.3; SM2 has none there and takes that of its suite.
constexpr std::array<std::pair<Suite, std::string_view>, 3> kAlgorithms{
    {{Suite::ed25519_sha256, "ed25519"}, {Suite::p256_sha256, "ecdsa-p256-sha256"}, {Suite::sm2_sm3, "sm2-sm3"}}};

std::optional<Suite> suite_of(std::string_view algorithm) {
  for (const auto& [suite, text] : kAlgorithms)
    if (text == algorithm) return suite;
  return {};
}

Check check_time(const MessageSignature& signature, UtcTime now, UtcTime started) {
  const auto refusal = [&](const char* why) {
    return refuse("message-signature-time").with("why", why).with("now", now.str());
  };
  constexpr std::int64_t kLatestS = 9'999'999'999;
  if (signature.created < 0 || signature.created > kLatestS || signature.expires > kLatestS)
    return refusal("out-of-range");
  const UtcTime created{signature.created * kSecondMs}, expires{signature.expires * kSecondMs};
  if (created > now.plus_ms(kAheadMs)) return refusal("created-in-future");
  if (signature.expires <= signature.created || signature.expires - signature.created > kLifeMaxS)
    return refusal("lives-too-long");
  if (expires <= now) return refusal("expired");
  // Whole seconds: one that was created within the second of the start may stand.
  if (created.plus_ms(kSecondMs) <= started) return refusal("before-start");
  return Accepted{};
}

/// Stands in for a key that is not there, so that the answer takes as long.
const crypto::PublicKey& nobodys_key(Suite suite) {
  static const auto make = [](Suite each) { return crypto::PrivateKey::generate(each).public_key(); };
  static const crypto::PublicKey ed25519 = make(Suite::ed25519_sha256), p256 = make(Suite::p256_sha256),
                                 sm2 = make(Suite::sm2_sm3);
  return suite == Suite::ed25519_sha256 ? ed25519 : suite == Suite::p256_sha256 ? p256 : sm2;
}

/// P-256 signatures are written r and s by RFC 9421; the others as in entries.
bool verifies(const crypto::PublicKey& key, std::string_view base, const std::string& bytes) {
  if (key.suite() != Suite::p256_sha256) return key.verify(base, bytes);
  const auto der = crypto::from_raw_p256(bytes);
  return der && key.verify(base, *der);
}

}  // namespace

Result<std::shared_ptr<const Caller>> SignedRequests::find(const Request& request, std::string_view origin) {
  if (request.headers.count("authorization") != 0)
    return refuse("message-signature-form")
        .at("header/authorization", "unexpected", "a token or a signature, not both");
  const MessageSignature signature = TRY(read_message_signature(request));
  TRY(check_components(signature, request));
  const UtcTime now = clock_.now();
  TRY(check_time(signature, now, started_));
  const auto suite = suite_of(signature.algorithm);
  if (!suite) return refuse("message-signature-algorithm").with("algorithm", signature.algorithm);
  const auto key = holders_.public_key(signature.key);
  if (key && key->suite() != *suite)
    return refuse("message-signature-key-algorithm").with("algorithm", signature.algorithm);
  const bool good =
      verifies(key ? *key : nobodys_key(*suite), signature_base(signature, request, origin), signature.bytes);
  if (!good || !key) return refuse("message-signature-wrong");
  TRY(nonces_.take(signature.key, signature.nonce, UtcTime{signature.expires * kSecondMs}, now));
  return holders_.find(signature.key);
}

}  // namespace api
