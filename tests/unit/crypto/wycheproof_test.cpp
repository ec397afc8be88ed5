// Runs the signature vectors of project Wycheproof. They are not part of this repository: tests/vectors/wycheproof.py
// gets them and calls these tests, which are hidden from a plain run.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "crypto/ec_signature.h"
#include "crypto/json.h"
#include "crypto/raw_signature.h"
#include "samples.h"

using namespace crypto;
using samples::from_hex;

namespace {

Json read_vectors(const std::string& file) {
  const char* folder = std::getenv("TALLYSTICK_WYCHEPROOF");
  REQUIRE(folder != nullptr);
  std::ifstream in(std::string(folder) + "/" + file, std::ios::binary);
  REQUIRE(in.good());
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  auto answer = read_json(bytes, {.bytes_max = std::size_t{16} << 20});
  REQUIRE(std::holds_alternative<Json>(answer));
  return std::get<Json>(std::move(answer));
}

std::string hex_at(const Json& object, const char* name) {
  return from_hex(object.at(name).get_ref<const std::string&>());
}

bool is_valid(const Json& test) { return test.at("result").get_ref<const std::string&>() == "valid"; }

void describe(const Json& test) { UNSCOPED_INFO("tcId " << test.at("tcId") << " " << test.at("comment")); }

/// The vectors allow both s and n - s; we take the low one only, so a valid high one must hold once it is turned over.
void check_p256(const PublicKey& key, const Json& test) {
  describe(test);
  const std::string message = hex_at(test, "msg");
  const std::string signature = hex_at(test, "sig");
  const std::optional<EcSignature> parsed = parse_ec_signature(signature);
  if (is_valid(test)) REQUIRE(parsed);
  const bool is_high = parsed && !has_low_s(*parsed);
  CHECK(key.verify(message, signature) == (is_valid(test) && !is_high));
  if (is_valid(test) && is_high) CHECK(key.verify(message, to_der(with_low_s(*parsed))));
}

/// Calls check(key, test, group) for every vector of the file, all of which must have been there.
template <class F>
void each_vector(const char* file, Suite suite, F&& check) {
  std::size_t count = 0;
  const Json vectors = read_vectors(file);
  for (const Json& group : vectors.at("testGroups")) {
    const auto key = PublicKey::parse_spki(suite, hex_at(group, "publicKeyDer"));
    REQUIRE(key);
    for (const Json& test : group.at("tests")) {
      check(*key, test, group);
      ++count;
    }
  }
  CHECK(count == vectors.at("numberOfTests").get<std::size_t>());
}

}  // namespace

TEST_CASE("wycheproof: Ed25519 signatures", "[.wycheproof]") {
  each_vector("ed25519_test.json", Suite::ed25519_sha256,
              [](const PublicKey& key, const Json& test, const Json& group) {
                describe(test);
                CHECK(key.raw() == hex_at(group.at("publicKey"), "pk"));
                CHECK(key.verify(hex_at(test, "msg"), hex_at(test, "sig")) == is_valid(test));
                CHECK(key.verify_with_openssl(hex_at(test, "msg"), hex_at(test, "sig")) == is_valid(test));
              });
}

TEST_CASE("wycheproof: ECDSA signatures on P-256 with SHA-256", "[.wycheproof]") {
  each_vector("ecdsa_secp256r1_sha256_test.json", Suite::p256_sha256,
              [](const PublicKey& key, const Json& test, const Json&) { check_p256(key, test); });
}

TEST_CASE("wycheproof: ECDSA signatures on P-256 as signed requests write them", "[.wycheproof]") {
  each_vector("ecdsa_secp256r1_sha256_p1363_test.json", Suite::p256_sha256,
              [](const PublicKey& key, const Json& test, const Json&) {
                describe(test);
                const auto der = from_raw_p256(hex_at(test, "sig"));
                CHECK((der && key.verify(hex_at(test, "msg"), *der)) == is_valid(test));
              });
}
