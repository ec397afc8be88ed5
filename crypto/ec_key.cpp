#include "crypto/ec_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <array>

#include "crypto/bytes.h"

namespace crypto {

namespace {

using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;

struct Curve {
  /// "SM2", never "EC" with the SM2 curve: that makes an ECDSA key without a word.
  const char* key_type;
  const char* group;
  int nid;
};

const Curve& curve_of(Suite suite) {
  static constexpr Curve p256{"EC", SN_X9_62_prime256v1, NID_X9_62_prime256v1};
  static constexpr Curve sm2{"SM2", SN_sm2, NID_sm2};
  return suite == Suite::sm2_sm3 ? sm2 : p256;
}

GroupOwner make_group(const Curve& curve) {
  GroupOwner group(EC_GROUP_new_by_curve_name(curve.nid));
  require_openssl(group != nullptr, "EC_GROUP_new_by_curve_name");
  return group;
}

Params make_params(const Curve& curve, std::string_view point, const BIGNUM* secret) {
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  require_openssl(builder != nullptr, "OSSL_PARAM_BLD_new");
  bool good = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.group, 0) == 1;
  good =
      good && OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  if (secret != nullptr) good = good && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1;
  Params params(good ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
  require_openssl(params != nullptr, "OSSL_PARAM_BLD");
  return params;
}

KeyOwner load(const Curve& curve, std::string_view point, const BIGNUM* secret) {
  const Params params = make_params(curve, point, secret);
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, curve.key_type, nullptr));
  require_openssl(context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1, "EVP_PKEY_fromdata_init");
  EVP_PKEY* key = nullptr;
  const int selection = secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) == 1) return KeyOwner(key);
  ERR_clear_error();
  return nullptr;
}

std::string multiply_base(const EC_GROUP* group, const BIGNUM* secret) {
  const PointOwner point(EC_POINT_new(group));
  require_openssl(point != nullptr, "EC_POINT_new");
  require_openssl(EC_POINT_mul(group, point.get(), secret, nullptr, nullptr, nullptr) == 1, "EC_POINT_mul");
  std::string bytes(65, '\0');
  require_openssl(EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, data_of(bytes), bytes.size(),
                                     nullptr) == bytes.size(),
                  "EC_POINT_point2oct");
  return bytes;
}

bool is_secret_of(const EC_GROUP* group, const BIGNUM* secret) {
  const NumberOwner limit(BN_dup(EC_GROUP_get0_order(group)));
  require_openssl(limit != nullptr && BN_sub_word(limit.get(), 1) == 1, "BN_sub_word");
  return !BN_is_zero(secret) && BN_cmp(secret, limit.get()) < 0;
}

}  // namespace

KeyOwner load_ec_point(Suite suite, std::string_view point) {
  // OpenSSL would also take the compressed and the hybrid form, and the point at infinity.
  if (point.size() != 65 || point[0] != 0x04) return nullptr;
  return load(curve_of(suite), point, nullptr);
}

KeyOwner load_ec_secret(Suite suite, const Scalar& secret) {
  const Curve& curve = curve_of(suite);
  const GroupOwner group = make_group(curve);
  const NumberOwner number(BN_bin2bn(secret.data(), static_cast<int>(secret.size()), nullptr));
  require_openssl(number != nullptr, "BN_bin2bn");
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  if (!is_secret_of(group.get(), number.get())) return nullptr;
  KeyOwner key = load(curve, multiply_base(group.get(), number.get()), number.get());
  require_openssl(key != nullptr, "EVP_PKEY_fromdata");
  return key;
}

std::optional<Scalar> ec_secret_of(Suite suite, const EVP_PKEY* key) {
  const Curve& curve = curve_of(suite);
  std::array<char, 64> group{};
  std::size_t length = 0;
  if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length) != 1 ||
      OBJ_sn2nid(group.data()) != curve.nid) {
    return std::nullopt;
  }
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) return std::nullopt;
  const NumberOwner owner(number);
  Scalar secret{};
  if (BN_bn2binpad(number, secret.data(), static_cast<int>(secret.size())) < 0) return std::nullopt;
  return secret;
}

std::string ec_point_of(const EVP_PKEY* key) {
  std::string point(65, '\0');
  std::size_t length = 0;
  require_openssl(
      EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, data_of(point), point.size(), &length) == 1 &&
          length == point.size(),
      "EVP_PKEY_get_octet_string_param");
  return point;
}

}  // namespace crypto
