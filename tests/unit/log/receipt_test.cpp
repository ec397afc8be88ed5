#include "registry/log/receipt.h"

#include <catch2/catch.hpp>

#include "author.h"
#include "crypto/merkle.h"
#include "lines.h"
#include "registry/log/leaf.h"

using namespace registry;
using namespace registry::testing;

namespace {

struct ThreeLeaves {
  ThreeLeaves() {
    Author author(crypto::Suite::ed25519_sha256, '1', "P-1");
    author.chain = std::string(32, '1');
    for (std::uint64_t seq = 0; seq < 3; ++seq) {
      const auto entry = author.sign("use.record", R"({"nonce":"1"})");
      const auto prev = hashes.empty() ? crypto::Digest::zero() : hashes.back();
      leaves.push_back(format_leaf({seq, prev, UtcTime{1'769'847'331'000}, 0, 2, crypto::sha256("{}")},
                                   entry.header_text, entry.signatures));
      hashes.push_back(leaf_hash(leaves.back()));
    }
    note = crypto::sign_checkpoint({std::string(kLedger), 3, crypto::tree_root(hashes), {}}, signer);
  }
  std::string receipt(std::uint64_t index) const {
    return format_receipt(index, crypto::inclusion_path(hashes, index), note);
  }
  crypto::NoteSigner signer = *crypto::NoteSigner::make(kLedger, key_of(crypto::Suite::ed25519_sha256, '0'));
  std::vector<std::string> leaves;
  std::vector<crypto::Digest> hashes;
  std::string note;
};

std::string why(const Result<ProvenPlace>& result) {
  if (result) return "proven";
  CHECK(result.error().rule == "bad-receipt");
  return result.error().fields.at(0).code;
}

}  // namespace

TEST_CASE("receipt: has the lines of tlog-proof@v1", "[log][receipt]") {
  const ThreeLeaves log;
  CHECK(log.receipt(2) == "c2sp.org/tlog-proof@v1\nindex 2\n" +
                              crypto::node_hash(log.hashes[0], log.hashes[1]).base64() + "\n\n" + log.note);
}

TEST_CASE("receipt: has exactly these bytes for fixed keys", "[log][receipt]") {
  const ThreeLeaves log;
  CHECK(crypto::sha256(log.receipt(1)).hex() == "13e47695c11be5504c629f3e0859d1f3d164d301af2b31f4f7dcd1118f8985b2");
}

TEST_CASE("receipt: proves its leaf and no other", "[log][receipt]") {
  const ThreeLeaves log;
  for (std::uint64_t i = 0; i < 3; ++i) {
    const auto place = verify_receipt(log.receipt(i), log.leaves[i], log.signer.verifier());
    REQUIRE(place);
    CHECK(place->index == i);
    CHECK(place->checkpoint.size == 3);
    CHECK(why(verify_receipt(log.receipt(i), log.leaves[(i + 1) % 3], log.signer.verifier())) == "index");
  }
}

TEST_CASE("receipt: says what is wrong with it", "[log][receipt]") {
  const ThreeLeaves log;
  const auto& key = log.signer.verifier();
  const auto good = log.receipt(1);
  CHECK(why(verify_receipt("", log.leaves[1], key)) == "form");
  CHECK(why(verify_receipt(replaced(good, "index 1", "index 01"), log.leaves[1], key)) == "form");
  CHECK(why(verify_receipt(good, "no leaf", key)) == "leaf");
  CHECK(why(verify_receipt(replaced(good, "index 1", "index 0"), log.leaves[1], key)) == "index");
  CHECK(why(verify_receipt(good, replaced(log.leaves[1], ".000Z", ".001Z"), key)) == "path");
  CHECK(why(verify_receipt(replaced(good, log.hashes[0].base64(), log.hashes[2].base64()), log.leaves[1], key)) ==
        "path");
  CHECK(why(verify_receipt(replaced(good, "\n3\n", "\n2\n"), log.leaves[1], key)) == "checkpoint");
  const auto other = crypto::NoteVerifier::make(kLedger, key_of(crypto::Suite::ed25519_sha256, '9').public_key());
  CHECK(why(verify_receipt(good, log.leaves[1], *other)) == "checkpoint");
}
