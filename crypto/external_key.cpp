#include "crypto/external_key.h"

#include <algorithm>

#include "crypto/ec_signature.h"
#include "crypto/fault.h"
#include "crypto/key_state.h"

namespace crypto {
namespace {

constexpr std::size_t kRawBytes = 64;

std::optional<EcSignature> read_raw(std::string_view raw) {
  if (raw.size() != kRawBytes) return {};
  EcSignature out;
  std::copy(raw.begin(), raw.begin() + kRawBytes / 2, out.r.begin());
  std::copy(raw.begin() + kRawBytes / 2, raw.end(), out.s.begin());
  return out;
}

/// A DER signature of 64 bytes is possible, with an r or s of few digits, so that DER is tried first.
std::string in_our_form(Suite suite, const std::string& given) {
  if (suite == Suite::ed25519_sha256) return given;
  auto parsed = parse_ec_signature(given);
  if (!parsed) parsed = read_raw(given);
  if (!parsed) throw CryptoFault("what the token gave is no signature");
  return to_der(suite == Suite::p256_sha256 ? with_low_s(*parsed) : *parsed);
}

}  // namespace

PrivateKey external_key(const PublicKey& public_key, SignElsewhere sign) {
  auto state = std::make_shared<PrivateKey::State>(public_key.suite(), KeyOwner(), public_key);
  state->sign_elsewhere = [public_key, sign = std::move(sign)](std::string_view message) {
    std::string signature = in_our_form(public_key.suite(), sign(message));
    if (!public_key.verify(message, signature))
      throw CryptoFault("the token gave a signature that is not of the key it showed");
    return signature;
  };
  return PrivateKey::State::wrap(std::move(state));
}

}  // namespace crypto
