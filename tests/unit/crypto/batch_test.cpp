#include <catch2/catch.hpp>
#include <stdexcept>

#include "crypto/batch_signature.h"
#include "crypto/commitment.h"
#include "crypto/merkle.h"
#include "samples.h"

using namespace crypto;

namespace {

constexpr std::string_view kLedger = "registry.example/360300";

std::vector<Digest> entry_ids(Suite suite, std::size_t count) {
  std::vector<Digest> ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back(hash(hash_of(suite), "entry " + std::to_string(i)));
  return ids;
}

std::string sign_batch(const PrivateKey& key, std::string_view ledger, const std::vector<Digest>& ids) {
  return key.sign(batch_message(key.public_key(), {std::string(ledger), ids.size(), batch_root(key.suite(), ids)}));
}

PrivateValue private_value(const std::string& value, char salt) {
  return {"/driver/name", value, std::string(kSaltBytes, salt)};
}

}  // namespace

TEST_CASE("batch: the signed message is the ledger's, line by line", "[crypto][batch]") {
  const PublicKey key = samples::key(Suite::sm2_sm3).public_key();
  const Digest root = sm3("root");
  CHECK(batch_message(key, {std::string(kLedger), 12, root}) ==
        "ledger.batch/v1\nsm2-sm3\nregistry.example/360300\n" + key.id().hex() + "\n12 " + root.base64() + "\n");
  CHECK_THROWS_AS(batch_message(key, {"two\nlines", 12, root}), std::invalid_argument);
}

TEST_CASE("batch: one signature holds for every entry in it and for no other", "[crypto][batch]") {
  for (Suite suite : {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3}) {
    const PrivateKey key = samples::key(suite);
    for (std::size_t size : {1U, 2U, 7U}) {
      const std::vector<Digest> ids = entry_ids(suite, size);
      const std::string signature = sign_batch(key, kLedger, ids);
      for (std::size_t i = 0; i < size; ++i) {
        const BatchSignature batch{size, i, batch_path(suite, ids, i), signature};
        CHECK(verify_batch(key.public_key(), kLedger, ids[i], batch));
        CHECK_FALSE(verify_batch(key.public_key(), kLedger, sha256("stranger"), batch));
        CHECK_FALSE(verify_batch(key.public_key(), "registry.example/other", ids[i], batch));
        CHECK_FALSE(verify_batch(samples::key(suite, 'b').public_key(), kLedger, ids[i], batch));
      }
    }
  }
}

TEST_CASE("batch: place, size, path and signature are all bound", "[crypto][batch]") {
  const PrivateKey key = samples::ed25519_key();
  const std::vector<Digest> ids = entry_ids(key.suite(), 6);
  const BatchSignature good{6, 2, batch_path(key.suite(), ids, 2), sign_batch(key, kLedger, ids)};
  const auto holds = [&](const BatchSignature& batch) {
    return verify_batch(key.public_key(), kLedger, ids[2], batch);
  };
  REQUIRE(holds(good));
  for (std::uint64_t index : {0U, 1U, 3U, 6U}) {
    BatchSignature moved = good;
    moved.index = index;
    CHECK_FALSE(holds(moved));
  }
  for (std::uint64_t size : {0U, 2U, 5U, 7U, 8U}) {
    BatchSignature resized = good;
    resized.size = size;
    CHECK_FALSE(holds(resized));
  }
  BatchSignature cut = good;
  cut.path.pop_back();
  CHECK_FALSE(holds(cut));
  BatchSignature longer = good;
  longer.path.push_back(Digest::zero());
  CHECK_FALSE(holds(longer));
  BatchSignature forged = good;
  forged.signature = samples::flipped(forged.signature, 40);
  CHECK_FALSE(holds(forged));
  CHECK_FALSE(verify_batch(key.public_key(), "two\nlines", ids[2], good));
}

TEST_CASE("commitment: is the documented hash", "[crypto][commitment]") {
  const PrivateValue value{"/a", "xyz", std::string(kSaltBytes, 's')};
  const std::string bytes = std::string("ledger.priv/v1\0", 15) + value.salt + std::string(7, '\0') + '\x02' + "/a" +
                            std::string(7, '\0') + '\x03' + "xyz";
  CHECK(commit(HashAlg::sha256, value) == sha256(bytes));
  CHECK(commit(HashAlg::sm3, value) == sm3(bytes));
  CHECK_THROWS_AS(commit(HashAlg::sm3, {"/a", "xyz", "short"}), std::invalid_argument);
}

TEST_CASE("commitment: differs with salt, path and value, and with where they part", "[crypto][commitment]") {
  const std::string salt(kSaltBytes, 's');
  const Digest base = commit(HashAlg::sha256, {"/ab", "c", salt});
  CHECK(base != commit(HashAlg::sha256, {"/a", "bc", salt}));
  CHECK(base != commit(HashAlg::sha256, {"/ab", "d", salt}));
  CHECK(base != commit(HashAlg::sha256, {"/ab", "c", std::string(kSaltBytes, 't')}));
}

TEST_CASE("commitment: a value is shown without showing its neighbours", "[crypto][commitment]") {
  for (HashAlg alg : {HashAlg::sha256, HashAlg::sm3}) {
    std::vector<PrivateValue> values;
    std::vector<Digest> commitments;
    for (char salt : {'p', 'q', 'r', 's', 't'}) {
      values.push_back(private_value(std::string("value ") + salt, salt));
      commitments.push_back(commit(alg, values.back()));
    }
    const Digest root = commitments_root(alg, commitments);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::vector<Digest> path = commitment_path(alg, commitments, i);
      CHECK(verify_disclosure(alg, values[i], i, 5, path, root));
      CHECK_FALSE(verify_disclosure(alg, values[(i + 1) % 5], i, 5, path, root));
      CHECK_FALSE(verify_disclosure(alg, values[i], (i + 1) % 5, 5, path, root));
      CHECK_FALSE(verify_disclosure(alg, values[i], i, 9, path, root));
      PrivateValue no_salt = values[i];
      no_salt.salt.clear();
      CHECK_FALSE(verify_disclosure(alg, no_salt, i, 5, path, root));
    }
    CHECK(commitments_root(alg, {}) == Digest::zero());
    CHECK_FALSE(verify_disclosure(alg, values[0], 0, 0, {}, Digest::zero()));
  }
}
