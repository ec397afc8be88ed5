#include <openssl/err.h>
#include <sodium.h>

#include "crypto/bytes.h"
#include "crypto/ec_key.h"
#include "crypto/fault.h"
#include "crypto/key_state.h"

namespace crypto {

namespace {

// SubjectPublicKeyInfo up to the point. There is one spelling only, so that a key has one id.
constexpr std::string_view kEd25519Spki{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12};
constexpr std::string_view kP256Spki{
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00", 26};
constexpr std::string_view kSm2Spki{
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x81\x1c\xcf\x55\x01\x82\x2d\x03\x42\x00", 26};

constexpr std::size_t kEd25519PointBytes = 32;
constexpr std::size_t kEcPointBytes = 65;

std::string_view spki_prefix(Suite suite) {
  switch (suite) {
    case Suite::ed25519_sha256:
      return kEd25519Spki;
    case Suite::p256_sha256:
      return kP256Spki;
    case Suite::sm2_sm3:
      return kSm2Spki;
  }
  return {};
}

std::size_t point_bytes(Suite suite) { return suite == Suite::ed25519_sha256 ? kEd25519PointBytes : kEcPointBytes; }

void require_sodium() {
  static const int ready = sodium_init();
  if (ready < 0) throw CryptoFault("sodium_init");
}

KeyOwner load_ed25519_point(std::string_view point) {
  require_sodium();
  // Canonical, on the curve, and in the subgroup of prime order: 50 us once a key.
  if (crypto_core_ed25519_is_valid_point(data_of(point)) != 1) return nullptr;
  KeyOwner key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data_of(point), point.size()));
  require_openssl(key != nullptr, "EVP_PKEY_new_raw_public_key");
  return key;
}

KeyOwner load_point(Suite suite, std::string_view point) {
  return suite == Suite::ed25519_sha256 ? load_ed25519_point(point) : load_ec_point(suite, point);
}

Digest key_id(Suite suite, std::string_view spki) {
  return hash(HashAlg::sha256, {"ledger.key/v1\n", name(suite), "\n", spki});
}

}  // namespace

std::optional<PublicKey> PublicKey::parse_spki(Suite suite, std::string_view der) {
  const std::string_view prefix = spki_prefix(suite);
  if (!der.starts_with(prefix)) return std::nullopt;
  return parse_raw(suite, der.substr(prefix.size()));
}

std::optional<PublicKey> PublicKey::parse_raw(Suite suite, std::string_view point) {
  if (point.size() != point_bytes(suite)) return std::nullopt;
  KeyOwner key = load_point(suite, point);
  if (!key) return std::nullopt;
  std::string spki(spki_prefix(suite));
  spki += point;
  const Digest id = key_id(suite, spki);
  return PublicKey(std::make_shared<const State>(State{suite, std::move(spki), id, std::move(key)}));
}

Suite PublicKey::suite() const { return state_->suite; }

const std::string& PublicKey::spki() const { return state_->spki; }

std::string_view PublicKey::raw() const {
  return std::string_view(state_->spki).substr(spki_prefix(state_->suite).size());
}

const Digest& PublicKey::id() const { return state_->id; }

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  if (state_->suite != Suite::ed25519_sha256) return verify_ec(state_->suite, state_->key.get(), message, signature);
  if (signature.size() != crypto_sign_BYTES) return false;
  // libsodium also refuses S >= the group order and R of low order; it takes half of OpenSSL's time.
  return crypto_sign_verify_detached(data_of(signature), data_of(message), message.size(), data_of(raw())) == 0;
}

bool PublicKey::verify_with_openssl(std::string_view message, std::string_view signature) const {
  if (state_->suite != Suite::ed25519_sha256) return false;
  const MdContext context(EVP_MD_CTX_new());
  require_openssl(context != nullptr, "EVP_MD_CTX_new");
  require_openssl(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1,
                  "EVP_DigestVerifyInit");
  const int answer =
      EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message), message.size());
  if (answer != 1) ERR_clear_error();
  return answer == 1;
}

}  // namespace crypto
