#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "crypto/bytes.h"
#include "crypto/ec_key.h"
#include "crypto/fault.h"
#include "crypto/key_state.h"

namespace crypto {

namespace {

constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kPemBytesMax = 16 * 1024;

// A secret in a buffer that is wiped wherever its scope is left.
struct Secret {
  Scalar bytes{};
  ~Secret() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

std::shared_ptr<PrivateKey::State> make_ed25519(const Scalar& seed) {
  KeyOwner key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  require_openssl(key != nullptr, "EVP_PKEY_new_raw_private_key");
  std::string point(32, '\0');
  std::size_t length = point.size();
  require_openssl(EVP_PKEY_get_raw_public_key(key.get(), data_of(point), &length) == 1, "EVP_PKEY_get_raw_public_key");
  PublicKey public_key = PublicKey::parse_raw(Suite::ed25519_sha256, point).value();
  auto state = std::make_shared<PrivateKey::State>(Suite::ed25519_sha256, std::move(key), std::move(public_key));
  std::copy(seed.begin(), seed.end(), state->sodium_key.begin());
  std::copy(point.begin(), point.end(), state->sodium_key.begin() + kSeedBytes);
  return state;
}

/// Null when the number is out of the curve's range.
std::shared_ptr<PrivateKey::State> make_ec(Suite suite, const Scalar& secret) {
  KeyOwner key = load_ec_secret(suite, secret);
  if (!key) return nullptr;
  PublicKey public_key = PublicKey::parse_raw(suite, ec_point_of(key.get())).value();
  return std::make_shared<PrivateKey::State>(suite, std::move(key), std::move(public_key));
}

std::shared_ptr<PrivateKey::State> make_state(Suite suite, const Scalar& secret) {
  return suite == Suite::ed25519_sha256 ? make_ed25519(secret) : make_ec(suite, secret);
}

int refuse_password(char*, int, int, void*) { return -1; }

KeyOwner read_pem(std::string_view pem) {
  const BioOwner bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  require_openssl(bio != nullptr, "BIO_new_mem_buf");
  KeyOwner key(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse_password, nullptr));
  if (!key) ERR_clear_error();
  return key;
}

bool read_secret(Suite suite, const EVP_PKEY* key, Scalar& secret) {
  if (suite == Suite::ed25519_sha256) {
    std::size_t length = secret.size();
    return EVP_PKEY_is_a(key, "ED25519") == 1 && EVP_PKEY_get_raw_private_key(key, secret.data(), &length) == 1;
  }
  if (EVP_PKEY_is_a(key, "EC") != 1 && EVP_PKEY_is_a(key, "SM2") != 1) return false;
  const std::optional<Scalar> number = ec_secret_of(suite, key);
  if (number) secret = *number;
  return number.has_value();
}

}  // namespace

PrivateKey::State::~State() { OPENSSL_cleanse(sodium_key.data(), sodium_key.size()); }

PrivateKey PrivateKey::generate(Suite suite) {
  for (;;) {
    Secret secret;
    require_openssl(RAND_priv_bytes(secret.bytes.data(), static_cast<int>(secret.bytes.size())) == 1,
                    "RAND_priv_bytes");
    // A number out of range is drawn with a chance of 2^-32 at most.
    if (auto state = make_state(suite, secret.bytes)) return PrivateKey(std::move(state));
  }
}

std::optional<PrivateKey> PrivateKey::parse_pem(Suite suite, std::string_view pem) {
  if (pem.size() > kPemBytesMax) return std::nullopt;
  const KeyOwner key = read_pem(pem);
  // The key is made anew from its secret number: a file decides neither the key type nor the public half.
  Secret secret;
  if (!key || !read_secret(suite, key.get(), secret.bytes)) return std::nullopt;
  auto state = make_state(suite, secret.bytes);
  if (!state) return std::nullopt;
  return PrivateKey(std::move(state));
}

PrivateKey PrivateKey::from_seed(Suite suite, std::string_view seed) {
  if (seed.size() != kSeedBytes) throw std::invalid_argument("a seed has 32 bytes");
  Secret secret;
  std::copy(seed.begin(), seed.end(), secret.bytes.begin());
  if (suite == Suite::ed25519_sha256) return PrivateKey(make_ed25519(secret.bytes));
  for (;;) {
    const std::string_view previous(reinterpret_cast<const char*>(secret.bytes.data()), secret.bytes.size());
    secret.bytes = hash(HashAlg::sha256, {"ledger.seed/v1\n", name(suite), "\n", previous}).bytes;
    if (auto state = make_ec(suite, secret.bytes)) return PrivateKey(std::move(state));
  }
}

Suite PrivateKey::suite() const { return state_->suite; }

std::string PrivateKey::pem() const {
  if (!state_->key) throw CryptoFault("a key that lies elsewhere cannot be written down");
  const BioOwner bio(BIO_new(BIO_s_secmem()));
  require_openssl(bio != nullptr, "BIO_new");
  require_openssl(
      PEM_write_bio_PKCS8PrivateKey(bio.get(), state_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
      "PEM_write_bio_PKCS8PrivateKey");
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &text);
  require_openssl(length > 0, "BIO_get_mem_data");
  return std::string(text, static_cast<std::size_t>(length));
}

std::string PrivateKey::sign(std::string_view message) const {
  if (state_->sign_elsewhere) return state_->sign_elsewhere(message);
  if (state_->suite != Suite::ed25519_sha256) return sign_ec(state_->suite, state_->key.get(), message);
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(data_of(signature), nullptr, data_of(message), message.size(), state_->sodium_key.data());
  return signature;
}

const PublicKey& PrivateKey::public_key() const { return state_->public_key; }

}  // namespace crypto
