#include <sodium.h>

#include <catch2/catch.hpp>

#include "crypto/bytes.h"
#include "crypto/openssl.h"
#include "samples.h"

using namespace crypto;
using samples::flipped;
using samples::from_hex;

namespace {

constexpr Suite kSuite = Suite::ed25519_sha256;

struct Example {
  const char* seed;
  const char* point;
  const char* message;
  const char* signature;
};

// RFC 8032 section 7.1: tests 1, 2, 3 and SHA(abc).
constexpr Example kExamples[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
     "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"},
};

// The eight points whose order divides 8, in canonical form.
constexpr const char* kLowOrderPoints[] = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
};

bool is_key(std::string_view point) { return PublicKey::parse_raw(kSuite, point).has_value(); }

bool openssl_verifies(std::string_view point, std::string_view message, std::string_view signature) {
  const KeyOwner key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data_of(point), point.size()));
  const MdContext context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message), message.size()) == 1;
}

/// The signature with S replaced by S plus the order of the group: the same number to a careless verifier.
std::string with_larger_s(std::string signature) {
  const std::string order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const unsigned sum = static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]) + carry;
    signature[32 + i] = static_cast<char>(sum & 0xff);
    carry = sum >> 8;
  }
  return signature;
}

}  // namespace

TEST_CASE("ed25519: signs and verifies the examples of RFC 8032", "[crypto][key]") {
  for (const Example& example : kExamples) {
    const PrivateKey key = PrivateKey::from_seed(kSuite, from_hex(example.seed));
    const std::string message = from_hex(example.message);
    const std::string signature = from_hex(example.signature);
    CHECK(to_hex(key.public_key().raw()) == example.point);
    CHECK(to_hex(key.sign(message)) == example.signature);
    CHECK(key.public_key().verify(message, signature));
    CHECK(key.public_key().verify_with_openssl(message, signature));
  }
}

TEST_CASE("ed25519: refuses another message, key or signature", "[crypto][key]") {
  const PrivateKey key = samples::ed25519_key();
  const std::string signature = key.sign("message");
  CHECK_FALSE(key.public_key().verify("Message", signature));
  CHECK_FALSE(key.public_key().verify("message\n", signature));
  CHECK_FALSE(samples::ed25519_key('b').public_key().verify("message", signature));
  for (std::size_t at = 0; at < signature.size(); ++at) {
    CHECK_FALSE(key.public_key().verify("message", flipped(signature, at)));
  }
  CHECK_FALSE(key.public_key().verify("message", signature + '\0'));
  CHECK_FALSE(key.public_key().verify("message", signature.substr(0, 63)));
  CHECK_FALSE(key.public_key().verify("message", ""));
}

TEST_CASE("ed25519: refuses S beyond the order of the group", "[crypto][key]") {
  const PrivateKey key = samples::ed25519_key();
  const std::string signature = key.sign("message");
  CHECK_FALSE(key.public_key().verify("message", with_larger_s(signature)));
  CHECK_FALSE(key.public_key().verify_with_openssl("message", with_larger_s(signature)));
}

TEST_CASE("ed25519: refuses every key of low order", "[crypto][key]") {
  for (const char* point : kLowOrderPoints) {
    INFO(point);
    CHECK_FALSE(is_key(from_hex(point)));
  }
}

TEST_CASE("ed25519: refuses the identity as key, under which one signature fits all messages", "[crypto][key]") {
  const std::string identity = from_hex(kLowOrderPoints[0]);
  const std::string forged = identity + std::string(32, '\0');
  // The forgery is real: OpenSSL takes the key and says yes.
  CHECK(openssl_verifies(identity, "any message", forged));
  CHECK(openssl_verifies(identity, "another one", forged));
  CHECK_FALSE(is_key(identity));
}

TEST_CASE("ed25519: refuses keys that are not in canonical form", "[crypto][key]") {
  // y from p to 2^255 - 1 is y - p in disguise, with either sign.
  for (int low = 0xed; low <= 0xff; ++low) {
    std::string point = std::string(1, static_cast<char>(low)) + std::string(30, '\xff');
    CHECK_FALSE(is_key(point + '\x7f'));
    CHECK_FALSE(is_key(point + '\xff'));
  }
  // x = 0 has no negative.
  CHECK_FALSE(is_key('\x01' + std::string(30, '\0') + '\x80'));
  CHECK_FALSE(is_key('\xec' + std::string(31, '\xff')));
}

TEST_CASE("ed25519: refuses keys off the curve or with a low-order part", "[crypto][key]") {
  CHECK_FALSE(is_key('\x02' + std::string(31, '\0')));
  const PublicKey key = samples::ed25519_key().public_key();
  // Point 1 is of order 2, the last four of order 8.
  for (std::size_t i : {1U, 2U, 4U, 5U, 6U, 7U}) {
    std::string mixed(32, '\0');
    const std::string low_order = from_hex(kLowOrderPoints[i]);
    REQUIRE(crypto_core_ed25519_add(data_of(mixed), data_of(key.raw()), data_of(low_order)) == 0);
    CHECK_FALSE(is_key(mixed));
  }
}

TEST_CASE("ed25519: a key has one SPKI, of RFC 8410", "[crypto][key]") {
  const PublicKey key = samples::ed25519_key().public_key();
  CHECK(to_hex(key.spki()) == "302a300506032b6570032100" + to_hex(key.raw()));
  CHECK(PublicKey::parse_spki(kSuite, key.spki()) == key);
  CHECK_FALSE(PublicKey::parse_spki(kSuite, key.spki() + '\0'));
  CHECK_FALSE(PublicKey::parse_spki(kSuite, key.spki().substr(0, 43)));
  CHECK_FALSE(PublicKey::parse_spki(kSuite, "\x30\x81\x2a" + key.spki().substr(2)));
  CHECK_FALSE(PublicKey::parse_spki(kSuite, ""));
  CHECK_FALSE(PublicKey::parse_spki(Suite::p256_sha256, key.spki()));
  for (std::size_t at = 0; at < 12; ++at) CHECK_FALSE(PublicKey::parse_spki(kSuite, flipped(key.spki(), at)));
}
