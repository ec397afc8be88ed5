#include <openssl/err.h>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/ec_key.h"

namespace crypto {

namespace {

// GB/T 35276: the ID of a signer who has no other. Without it OpenSSL hashes an empty ID, and no other implementation
// agrees with the result.
constexpr std::size_t kDerBytesMax = 72;

KeyContext make_context(EVP_PKEY* key) {
  KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  require_openssl(context != nullptr, "EVP_PKEY_CTX_new_from_pkey");
  return context;
}

MdContext make_md_context() {
  MdContext context(EVP_MD_CTX_new());
  require_openssl(context != nullptr, "EVP_MD_CTX_new");
  return context;
}

void set_sm2_id(EVP_PKEY_CTX* context) {
  require_openssl(EVP_PKEY_CTX_set1_id(context, kSm2Id.data(), static_cast<int>(kSm2Id.size())) == 1,
                  "EVP_PKEY_CTX_set1_id");
}

std::string sign_p256(EVP_PKEY* key, std::string_view message) {
  const Digest digest = sha256(message);
  const KeyContext context = make_context(key);
  std::string der(kDerBytesMax, '\0');
  std::size_t length = der.size();
  require_openssl(EVP_PKEY_sign_init(context.get()) == 1, "EVP_PKEY_sign_init");
  require_openssl(EVP_PKEY_sign(context.get(), data_of(der), &length, digest.bytes.data(), digest.bytes.size()) == 1,
                  "EVP_PKEY_sign");
  der.resize(length);
  const std::optional<EcSignature> signature = parse_ec_signature(der);
  require_openssl(signature.has_value(), "ECDSA signature form");
  return to_der(with_low_s(*signature));
}

std::string sign_sm2(EVP_PKEY* key, std::string_view message) {
  const MdContext context = make_md_context();
  EVP_PKEY_CTX* key_context = nullptr;
  require_openssl(EVP_DigestSignInit_ex(context.get(), &key_context, "SM3", nullptr, nullptr, key, nullptr) == 1,
                  "EVP_DigestSignInit_ex");
  set_sm2_id(key_context);
  std::string der(kDerBytesMax, '\0');
  std::size_t length = der.size();
  require_openssl(EVP_DigestSign(context.get(), data_of(der), &length, data_of(message), message.size()) == 1,
                  "EVP_DigestSign");
  der.resize(length);
  return der;
}

int verify_p256(EVP_PKEY* key, std::string_view message, std::string_view der) {
  const Digest digest = sha256(message);
  const KeyContext context = make_context(key);
  require_openssl(EVP_PKEY_verify_init(context.get()) == 1, "EVP_PKEY_verify_init");
  return EVP_PKEY_verify(context.get(), data_of(der), der.size(), digest.bytes.data(), digest.bytes.size());
}

int verify_sm2(EVP_PKEY* key, std::string_view message, std::string_view der) {
  const MdContext context = make_md_context();
  EVP_PKEY_CTX* key_context = nullptr;
  require_openssl(EVP_DigestVerifyInit_ex(context.get(), &key_context, "SM3", nullptr, nullptr, key, nullptr) == 1,
                  "EVP_DigestVerifyInit_ex");
  set_sm2_id(key_context);
  return EVP_DigestVerify(context.get(), data_of(der), der.size(), data_of(message), message.size());
}

}  // namespace

std::string sign_ec(Suite suite, EVP_PKEY* key, std::string_view message) {
  return suite == Suite::sm2_sm3 ? sign_sm2(key, message) : sign_p256(key, message);
}

bool verify_ec(Suite suite, EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const std::optional<EcSignature> parsed = parse_ec_signature(signature);
  if (!parsed) return false;
  const bool is_sm2 = suite == Suite::sm2_sm3;
  if (!is_sm2 && !has_low_s(*parsed)) return false;
  const int answer = is_sm2 ? verify_sm2(key, message, signature) : verify_p256(key, message, signature);
  // OpenSSL queues a reason for each refusal; the next caller on this thread shall not find it.
  if (answer != 1) ERR_clear_error();
  return answer == 1;
}

}  // namespace crypto
