// P-256 and SM2: keys, signatures and their encoding.

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "crypto/bytes.h"
#include "crypto/ec_signature.h"
#include "crypto/openssl.h"
#include "samples.h"

using namespace crypto;
using samples::flipped;
using samples::from_hex;

namespace {

// RFC 6979 A.2.5, and GB/T 32918.5-2017 annex A.2 on the recommended curve.
const std::string kP256Point =
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
const std::string kSm2Point =
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";

constexpr const char* kP256Order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

Scalar scalar(std::string_view hex) {
  const std::string bytes = from_hex(hex);
  Scalar value{};
  std::copy(bytes.begin(), bytes.end(), value.begin());
  return value;
}

PublicKey public_key(Suite suite, const std::string& point) {
  return PublicKey::parse_raw(suite, from_hex(point)).value();
}

/// (r, n - s): the other signature that fits.
EcSignature with_other_s(EcSignature signature) {
  BIGNUM* order = nullptr;
  BN_hex2bn(&order, kP256Order);
  const NumberOwner owner(order);
  const NumberOwner s(BN_bin2bn(signature.s.data(), 32, nullptr));
  BN_sub(s.get(), order, s.get());
  BN_bn2binpad(s.get(), signature.s.data(), 32);
  return signature;
}

/// An SM2 signature by plain OpenSSL, with the ID it is given.
std::string sign_with_id(const PrivateKey& key, std::string_view message, std::string_view id) {
  const std::string pem = key.pem();
  const BioOwner bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const KeyOwner pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  const MdContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;
  EVP_DigestSignInit_ex(context.get(), &key_context, "SM3", nullptr, nullptr, pkey.get(), nullptr);
  if (!id.empty()) EVP_PKEY_CTX_set1_id(key_context, id.data(), static_cast<int>(id.size()));
  std::string der(80, '\0');
  std::size_t length = der.size();
  EVP_DigestSign(context.get(), data_of(der), &length, data_of(message), message.size());
  der.resize(length);
  return der;
}

/// The same two numbers in spellings that are not DER, or not quite.
std::vector<std::string> other_spellings(const std::string& der) {
  const EcSignature signature = parse_ec_signature(der).value();
  const std::string body = der.substr(2);
  const auto sequence = [](const std::string& content) {
    return std::string("\x30") + static_cast<char>(content.size()) + content;
  };
  const auto r_length = static_cast<std::size_t>(static_cast<unsigned char>(body[1]));
  const std::string r = body.substr(2, r_length);
  const std::string s = body.substr(4 + r_length);
  const auto integer = [](const std::string& digits) {
    return std::string("\x02") + static_cast<char>(digits.size()) + digits;
  };
  const std::string zero(1, '\0');
  return {
      std::string("\x30\x81") + static_cast<char>(body.size()) + body,  // long form of the length
      std::string("\x30\x80") + body + std::string(2, '\0'),            // indefinite length
      der + zero,                                                       // a byte after
      sequence(body + zero),                                            // a byte inside
      sequence(body + integer("\x01")),                                 // a third number
      sequence(integer(zero + r) + integer(s)),                         // superfluous zero
      sequence(integer(r) + integer(zero + s)),                         //
      sequence(std::string("\x02\x81") + static_cast<char>(r.size()) + r + integer(s)),
      sequence(integer(r)),                 // one number
      der.substr(0, der.size() - 1),        // cut off
      std::string("\x31") + der.substr(1),  // a set
      std::string(reinterpret_cast<const char*>(signature.r.data()), 32) +
          std::string(reinterpret_cast<const char*>(signature.s.data()), 32),  // as JOSE writes it
      "",
  };
}

}  // namespace

TEST_CASE("p256: verifies the examples of RFC 6979, with low s only", "[crypto][key]") {
  const PublicKey key = public_key(Suite::p256_sha256, kP256Point);
  const EcSignature test{scalar("f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"),
                         scalar("019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083")};
  CHECK(key.verify("test", to_der(test)));
  CHECK_FALSE(key.verify("Test", to_der(test)));
  CHECK_FALSE(key.verify("test", to_der(with_other_s(test))));

  const EcSignature sample{scalar("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"),
                           scalar("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")};
  CHECK_FALSE(has_low_s(sample));
  CHECK_FALSE(key.verify("sample", to_der(sample)));
  CHECK(key.verify("sample", to_der(with_low_s(sample))));
  CHECK(key.verify("sample", to_der(with_other_s(sample))));
}

TEST_CASE("sm2: verifies the example of GB/T 32918.5", "[crypto][key]") {
  const PublicKey key = public_key(Suite::sm2_sm3, kSm2Point);
  const EcSignature signature{scalar("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"),
                              scalar("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")};
  CHECK(key.verify("message digest", to_der(signature)));
  CHECK_FALSE(key.verify("message digesT", to_der(signature)));
  CHECK_FALSE(key.verify("message digest", flipped(to_der(signature), 10)));
}

TEST_CASE("sm2: refuses a signature made with another ID or with none", "[crypto][key]") {
  const PrivateKey key = samples::key(Suite::sm2_sm3);
  CHECK(key.public_key().verify("message", sign_with_id(key, "message", "1234567812345678")));
  CHECK_FALSE(key.public_key().verify("message", sign_with_id(key, "message", "ALICE123@YAHOO.COM")));
  CHECK_FALSE(key.public_key().verify("message", sign_with_id(key, "message", "")));
}

TEST_CASE("ec: own signatures verify, differ each time and fit one message and key", "[crypto][key]") {
  for (Suite suite : {Suite::p256_sha256, Suite::sm2_sm3}) {
    const PrivateKey key = samples::key(suite);
    for (int i = 0; i < 40; ++i) {
      const std::string message = std::string(static_cast<std::size_t>(i), 'm');
      const std::string signature = key.sign(message);
      CHECK(key.public_key().verify(message, signature));
      CHECK_FALSE(key.public_key().verify(message + "x", signature));
      CHECK(to_der(parse_ec_signature(signature).value()) == signature);
      if (suite == Suite::p256_sha256) CHECK(has_low_s(parse_ec_signature(signature).value()));
    }
    CHECK(key.sign("m") != key.sign("m"));
    CHECK_FALSE(samples::key(suite, 'b').public_key().verify("m", key.sign("m")));
    CHECK_FALSE(key.public_key().verify_with_openssl("m", key.sign("m")));
  }
}

TEST_CASE("ec: refuses every spelling of a signature but strict DER", "[crypto][key]") {
  for (Suite suite : {Suite::p256_sha256, Suite::sm2_sm3}) {
    const PrivateKey key = samples::key(suite);
    const std::string signature = key.sign("message");
    for (const std::string& spelling : other_spellings(signature)) {
      INFO(to_hex(spelling));
      CHECK_FALSE(key.public_key().verify("message", spelling));
    }
    for (std::size_t at = 0; at < signature.size(); ++at) {
      CHECK_FALSE(key.public_key().verify("message", flipped(signature, at)));
    }
  }
}

TEST_CASE("ec: refuses numbers out of range", "[crypto][key]") {
  const Scalar one = scalar(std::string(63, '0') + "1");
  const Scalar zero{};
  const Scalar p256_order = scalar("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const Scalar sm2_order = scalar("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
  const Scalar most = scalar(std::string(64, 'f'));
  for (Suite suite : {Suite::p256_sha256, Suite::sm2_sm3}) {
    const PublicKey key = samples::key(suite).public_key();
    for (const Scalar& bad : {zero, p256_order, sm2_order, most}) {
      CHECK_FALSE(key.verify("message", to_der({bad, one})));
      CHECK_FALSE(key.verify("message", to_der({one, bad})));
      CHECK_FALSE(key.verify("message", to_der({bad, bad})));
    }
  }
  CHECK_FALSE(parse_ec_signature(from_hex("3006020100020101")));  // r = 0
  CHECK_FALSE(parse_ec_signature(from_hex("3006020101020181")));  // s < 0
}

TEST_CASE("ec: refuses points off the curve and other forms of a point", "[crypto][key]") {
  for (const auto& [suite, point] : {std::pair{Suite::p256_sha256, kP256Point}, {Suite::sm2_sm3, kSm2Point}}) {
    const std::string raw = from_hex(point);
    const Suite other = suite == Suite::sm2_sm3 ? Suite::p256_sha256 : Suite::sm2_sm3;
    REQUIRE(PublicKey::parse_raw(suite, raw));
    CHECK_FALSE(PublicKey::parse_raw(other, raw));
    CHECK_FALSE(PublicKey::parse_raw(suite, flipped(raw, 64)));
    CHECK_FALSE(PublicKey::parse_raw(suite, std::string(1, '\0')));
    CHECK_FALSE(PublicKey::parse_raw(suite, "\x03" + raw.substr(1, 32)));
    CHECK_FALSE(PublicKey::parse_raw(suite, "\x07" + raw.substr(1)));
    CHECK_FALSE(PublicKey::parse_raw(suite, "\x04" + std::string(64, '\0')));
    CHECK_FALSE(PublicKey::parse_raw(suite, "\x04" + std::string(64, '\xff')));
  }
}

TEST_CASE("ec: a key has one SPKI, bound to its suite", "[crypto][key]") {
  for (Suite suite : {Suite::p256_sha256, Suite::sm2_sm3}) {
    const PublicKey key = samples::key(suite).public_key();
    CHECK(PublicKey::parse_spki(suite, key.spki()) == key);
    CHECK(PublicKey::parse_raw(suite, key.raw()) == key);
    for (Suite other : {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3}) {
      if (other != suite) CHECK_FALSE(PublicKey::parse_spki(other, key.spki()));
    }
    CHECK_FALSE(PublicKey::parse_spki(suite, key.spki() + '\0'));
    for (std::size_t at = 0; at < 27; ++at) CHECK_FALSE(PublicKey::parse_spki(suite, flipped(key.spki(), at)));
    // OpenSSL reads the same bytes as the same key.
    const unsigned char* in = data_of(key.spki());
    const KeyOwner read(d2i_PUBKEY(nullptr, &in, static_cast<long>(key.spki().size())));
    REQUIRE(read);
    CHECK(EVP_PKEY_is_a(read.get(), suite == Suite::sm2_sm3 ? "SM2" : "EC") == 1);
  }
}
