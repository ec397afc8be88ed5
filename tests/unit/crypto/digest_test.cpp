#include "crypto/digest.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <thread>
#include <vector>

#include "crypto/random.h"
#include "crypto/suite.h"

using namespace crypto;

TEST_CASE("digest: SHA-256 gives the examples of FIPS 180-4", "[crypto][digest]") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex() ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')).hex() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("digest: SM3 gives the examples of GB/T 32905", "[crypto][digest]") {
  CHECK(sm3("abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  CHECK(sm3("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd").hex() ==
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST_CASE("digest: parts hash like the joined text", "[crypto][digest]") {
  for (HashAlg alg : {HashAlg::sha256, HashAlg::sm3}) {
    CHECK(hash(alg, {"tally", "", "stick"}) == hash(alg, "tallystick"));
    CHECK(hash(alg, {}) == hash(alg, ""));
    Hasher hasher(alg);
    hasher.update("tally");
    hasher.update("stick");
    CHECK(hasher.finish() == hash(alg, "tallystick"));
    CHECK(hasher.finish() == hash(alg, ""));
  }
}

TEST_CASE("digest: a hasher that is moved goes on where it was", "[crypto][digest]") {
  Hasher first(HashAlg::sm3);
  first.update("ab");
  Hasher second = std::move(first);
  second.update("c");
  CHECK(second.finish() == sm3("abc"));
}

TEST_CASE("digest: threads do not disturb each other", "[crypto][digest]") {
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&count] {
      for (int i = 0; i < 500; ++i) {
        if (sha256("abc").hex().substr(0, 8) != "ba7816bf" || sm3("abc").hex().substr(0, 8) != "66c7f0f4") ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("digest: each value has one spelling", "[crypto][digest]") {
  const Digest digest = sha256("abc");
  CHECK(Digest::parse_hex(digest.hex()) == digest);
  CHECK(Digest::parse_base64(digest.base64()) == digest);
  CHECK(Digest::parse_raw(digest.view()) == digest);
  CHECK(digest.base64() == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");

  std::string upper = digest.hex();
  upper[0] = 'B';
  CHECK_FALSE(Digest::parse_hex(upper));
  CHECK_FALSE(Digest::parse_hex(digest.hex() + "00"));
  CHECK_FALSE(Digest::parse_hex(digest.hex().substr(2)));
  CHECK_FALSE(Digest::parse_raw(digest.view().substr(1)));
  // The last character carries two unused bits: 1 instead of 0.
  CHECK_FALSE(Digest::parse_base64("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1="));
  CHECK_FALSE(Digest::parse_base64("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0"));
}

TEST_CASE("digest: prints as hex and starts as zeros", "[crypto][digest]") {
  std::ostringstream out;
  out << Digest::zero();
  CHECK(out.str() == std::string(64, '0'));
  CHECK(Digest{} == Digest::zero());
}

TEST_CASE("suite: names read back, and nothing else does", "[crypto][suite]") {
  for (Suite suite : {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3}) {
    CHECK(parse_suite(name(suite)) == suite);
  }
  for (const char* other : {"", "ed25519", "ED25519-SHA256", "sm2-sm3 ", "p256-sm3"}) CHECK_FALSE(parse_suite(other));
  CHECK(hash_of(Suite::sm2_sm3) == HashAlg::sm3);
  CHECK(hash_of(Suite::p256_sha256) == HashAlg::sha256);
  CHECK(hash_of(Suite::ed25519_sha256) == HashAlg::sha256);
}

TEST_CASE("random: gives the length asked for and never the same twice", "[crypto][random]") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(33).size() == 33);
  CHECK(random_hex(16).size() == 32);
  CHECK(random_bytes(16) != random_bytes(16));
}
