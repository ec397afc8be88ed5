#include "crypto/jws_key.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <nlohmann/json.hpp>
#include <variant>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/json_text.h"
#include "crypto/key.h"
#include "crypto/openssl.h"
#include "crypto/raw_signature.h"

namespace crypto {
namespace {

using Json = nlohmann::json;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;

constexpr int kRsaBitsMin = 2'048, kRsaBitsMax = 8'192;
constexpr std::size_t kCoordinate = 32, kKidMax = 200;

std::string bytes(const Json& json, const char* member) { return parse_base64url(text_of(json, member)).value_or(""); }

NumberOwner number(const std::string& big_endian) {
  return NumberOwner(BN_bin2bn(data_of(big_endian), static_cast<int>(big_endian.size()), nullptr));
}

/// Null for one that OpenSSL does not take.
std::shared_ptr<EVP_PKEY> rsa_key(const std::string& n, const std::string& e) {
  const NumberOwner modulus = number(n), exponent = number(e);
  const int bits = modulus ? BN_num_bits(modulus.get()) : 0;
  if (bits < kRsaBitsMin || bits > kRsaBitsMax || !BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) return {};
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) ||
      !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()))
    return {};
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return {};
  return {key, EVP_PKEY_free};
}

bool verify_rsa(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const MdContext context(EVP_MD_CTX_new());
  // PKCS #1 v1.5 is the padding unless told (RFC 7518 section 3.3 wants it).
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1) return false;
  return EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message), message.size()) == 1;
}

std::optional<PublicKey> point_of(const Json& jwk, JwsAlgorithm algorithm) {
  const std::string x = bytes(jwk, "x"), y = bytes(jwk, "y");
  if (algorithm == JwsAlgorithm::eddsa) return PublicKey::parse_raw(Suite::ed25519_sha256, x);
  if (x.size() != kCoordinate || y.size() != kCoordinate) return {};
  return PublicKey::parse_raw(Suite::p256_sha256, "\x04" + x + y);
}

std::optional<JwsAlgorithm> algorithm_of(const Json& jwk) {
  const std::string kind = text_of(jwk, "kty"), curve = text_of(jwk, "crv");
  if (kind == "OKP" && curve == "Ed25519") return JwsAlgorithm::eddsa;
  if (kind == "EC" && curve == "P-256") return JwsAlgorithm::es256;
  if (kind == "RSA") return JwsAlgorithm::rs256;
  return {};
}

/// A member that is there must say so.
bool says(const Json& jwk, const char* member, std::string_view value) {
  return !jwk.contains(member) || text_of(jwk, member) == value;
}

}  // namespace

struct JwsKey::State {
  std::variant<PublicKey, std::shared_ptr<EVP_PKEY>> key;
};

std::string_view name(JwsAlgorithm algorithm) {
  constexpr std::string_view kNames[] = {"EdDSA", "ES256", "RS256"};
  return kNames[static_cast<std::size_t>(algorithm)];
}

std::optional<JwsKey> JwsKey::parse(const Json& jwk) {
  if (!jwk.is_object()) return {};
  const auto algorithm = algorithm_of(jwk);
  JwsKey out;
  out.kid_ = text_of(jwk, "kid");
  if (!algorithm || out.kid_.empty() || out.kid_.size() > kKidMax) return {};
  if (!says(jwk, "alg", name(*algorithm)) || !says(jwk, "use", "sig")) return {};
  out.algorithm_ = *algorithm;
  if (*algorithm == JwsAlgorithm::rs256) {
    auto key = rsa_key(bytes(jwk, "n"), bytes(jwk, "e"));
    if (!key) return {};
    out.state_ = std::make_shared<const State>(State{std::move(key)});
    return out;
  }
  auto key = point_of(jwk, *algorithm);
  if (!key) return {};
  out.state_ = std::make_shared<const State>(State{std::move(*key)});
  return out;
}

bool JwsKey::verify(std::string_view signed_text, std::string_view signature) const {
  if (const auto* rsa = std::get_if<std::shared_ptr<EVP_PKEY>>(&state_->key))
    return verify_rsa(rsa->get(), signed_text, signature);
  const auto& key = std::get<PublicKey>(state_->key);
  if (algorithm_ == JwsAlgorithm::eddsa) return key.verify(signed_text, signature);
  const auto der = from_raw_p256(signature);
  return der && key.verify(signed_text, *der);
}

}  // namespace crypto
