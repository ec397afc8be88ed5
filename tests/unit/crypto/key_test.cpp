#include "crypto/key.h"

#include <openssl/err.h>

#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "samples.h"

using namespace crypto;

namespace {

constexpr Suite kSuites[] = {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3};

// The key of RFC 6979 A.2.5 in SEC 1 form, with its curve before it as the openssl command writes it.
constexpr std::string_view kSec1Pem =
    "-----BEGIN EC PARAMETERS-----\n"
    "BggqhkjOPQMBBw==\n"
    "-----END EC PARAMETERS-----\n"
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MDECAQEEIMmvqdhFunUWa1whV2ex1pNOUMPbNuibEnuKYisSD2choAoGCCqGSM49\n"
    "AwEH\n"
    "-----END EC PRIVATE KEY-----\n";

}  // namespace

TEST_CASE("key: the id covers suite and SPKI with SHA-256", "[crypto][key]") {
  for (Suite suite : kSuites) {
    const PublicKey key = samples::key(suite).public_key();
    CHECK(key.suite() == suite);
    CHECK(key.id() == sha256("ledger.key/v1\n" + std::string(name(suite)) + "\n" + key.spki()));
  }
}

TEST_CASE("key: the same seed gives the same key, and another one another key", "[crypto][key]") {
  std::set<Digest> ids;
  for (Suite suite : kSuites) {
    CHECK(samples::key(suite).public_key() == samples::key(suite).public_key());
    ids.insert(samples::key(suite, 'a').public_key().id());
    ids.insert(samples::key(suite, 'b').public_key().id());
    ids.insert(PrivateKey::generate(suite).public_key().id());
    ids.insert(PrivateKey::generate(suite).public_key().id());
    CHECK_THROWS_AS(PrivateKey::from_seed(suite, std::string(31, 'a')), std::invalid_argument);
    CHECK_THROWS_AS(PrivateKey::from_seed(suite, std::string(33, 'a')), std::invalid_argument);
  }
  CHECK(ids.size() == 12);
}

TEST_CASE("key: a PEM file gives the key back, under its own suite only", "[crypto][key]") {
  for (Suite suite : kSuites) {
    const PrivateKey key = samples::key(suite);
    CHECK(key.pem().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    for (Suite other : kSuites) {
      const std::optional<PrivateKey> read = PrivateKey::parse_pem(other, key.pem());
      REQUIRE(read.has_value() == (other == suite));
      if (!read) continue;
      CHECK(read->public_key() == key.public_key());
      CHECK(key.public_key().verify("message", read->sign("message")));
    }
  }
}

TEST_CASE("key: a SEC 1 file is read too", "[crypto][key]") {
  const std::optional<PrivateKey> key = PrivateKey::parse_pem(Suite::p256_sha256, kSec1Pem);
  REQUIRE(key);
  CHECK(to_hex(key->public_key().raw().substr(1, 4)) == "60fed4ba");
  CHECK_FALSE(PrivateKey::parse_pem(Suite::sm2_sm3, kSec1Pem));
}

TEST_CASE("key: what is no unencrypted private key is refused and leaves no OpenSSL error", "[crypto][key]") {
  const std::string pem = samples::ed25519_key().pem();
  const std::string bad[] = {"",
                             "garbage",
                             pem.substr(0, pem.size() / 2),
                             std::string(1 << 20, 'A'),
                             "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
                             "-----BEGIN PUBLIC KEY-----\n" + to_base64(samples::ed25519_key().public_key().spki()) +
                                 "\n-----END PUBLIC KEY-----\n"};
  for (Suite suite : kSuites) {
    for (const std::string& text : bad) CHECK_FALSE(PrivateKey::parse_pem(suite, text));
    CHECK_FALSE(samples::key(suite).public_key().verify("message", std::string(70, '0')));
    CHECK(ERR_peek_error() == 0);
  }
}

TEST_CASE("key: threads share one key", "[crypto][key]") {
  for (Suite suite : kSuites) {
    const PrivateKey key = samples::key(suite);
    std::vector<int> failures(4, 0);
    std::vector<std::thread> threads;
    for (int& failed : failures) {
      threads.emplace_back([&failed, key] {
        for (int i = 0; i < 20; ++i) {
          const std::string message = std::to_string(i);
          if (!key.public_key().verify(message, key.sign(message))) ++failed;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failures == std::vector<int>(4, 0));
  }
}
