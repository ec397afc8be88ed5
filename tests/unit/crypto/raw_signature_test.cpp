#include "crypto/raw_signature.h"

#include <catch2/catch.hpp>

#include "crypto/key.h"
#include "samples.h"

using namespace crypto;
using samples::from_hex;

namespace {

const std::string kZero(64, '0');
const std::string kOne = std::string(63, '0') + "1";
const std::string kOrder = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const std::string kLast = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";

bool is_read(const std::string& hex) { return from_raw_p256(from_hex(hex)).has_value(); }

}  // namespace

TEST_CASE("A raw signature is two numbers from 1 to n - 1, 32 bytes each") {
  CHECK(is_read(kOne + kOne));
  CHECK(is_read(kLast + kLast));
  CHECK_FALSE(is_read(kZero + kOne));
  CHECK_FALSE(is_read(kOne + kZero));
  CHECK_FALSE(is_read(kOrder + kOne));
  CHECK_FALSE(is_read(kOne + kOrder));
  CHECK_FALSE(is_read(std::string(64, 'f') + kOne));
  CHECK_FALSE(is_read(kOne + kOne + "00"));
  CHECK_FALSE(is_read(kOne + kOne.substr(2)));
  CHECK_FALSE(is_read(""));
}

TEST_CASE("A raw signature holds as it is and with its high s, and nothing else of it does") {
  const PrivateKey key = PrivateKey::generate(Suite::p256_sha256);
  for (int i = 0; i < 16; ++i) {
    const std::string raw = to_raw_p256(key.sign("message")).value();
    REQUIRE(raw.size() == 64);
    CHECK(key.public_key().verify("message", from_raw_p256(raw).value()));
    CHECK_FALSE(key.public_key().verify("message", raw));
    CHECK_FALSE(key.public_key().verify("massage", from_raw_p256(raw).value()));
    CHECK_FALSE(key.public_key().verify("message", from_raw_p256(raw.substr(32) + raw.substr(0, 32)).value_or("")));
  }
  CHECK_FALSE(to_raw_p256("no signature"));
}
