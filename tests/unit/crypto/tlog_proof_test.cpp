#include "crypto/tlog_proof.h"

#include <catch2/catch.hpp>

#include "crypto/merkle.h"
#include "samples.h"

using namespace crypto;

namespace {

constexpr std::string_view kOrigin = "registry.example/360300";

NoteSigner log_signer() { return NoteSigner::make(kOrigin, samples::ed25519_key('l')).value(); }

NoteSigner witness() {
  return NoteSigner::make("witness.example", samples::ed25519_key('w'), NoteKeyType::ed25519_cosignature).value();
}

std::vector<Digest> leaves(std::size_t count) {
  std::vector<Digest> hashes;
  for (std::size_t i = 0; i < count; ++i) hashes.push_back(leaf_hash("leaf " + std::to_string(i)));
  return hashes;
}

TlogProof proof_of(std::size_t index, std::size_t size) {
  const std::vector<Digest> all = leaves(size);
  const Checkpoint checkpoint{std::string(kOrigin), size, tree_root(all), {}};
  return {std::nullopt, index, inclusion_path(all, index), sign_checkpoint(checkpoint, log_signer())};
}

bool holds(const TlogProof& proof, const Digest& leaf) {
  return verify_tlog_proof(proof, leaf, log_signer().verifier()).has_value();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("tlog-proof: has the form of c2sp.org/tlog-proof@v1", "[crypto][proof]") {
  TlogProof proof = proof_of(2, 3);
  CHECK(format_tlog_proof(proof) ==
        "c2sp.org/tlog-proof@v1\nindex 2\n" + proof.path[0].base64() + "\n\n" + proof.checkpoint);
  proof.extra = "abc";
  CHECK(format_tlog_proof(proof).starts_with("c2sp.org/tlog-proof@v1\nextra YWJj\nindex 2\n"));
}

TEST_CASE("tlog-proof: reads back and holds for its leaf alone", "[crypto][proof]") {
  for (std::size_t size = 1; size <= 9; ++size) {
    const std::vector<Digest> all = leaves(size);
    for (std::size_t index = 0; index < size; ++index) {
      TlogProof proof = proof_of(index, size);
      if (index % 2 == 1) proof.extra = std::string("\0\xff", 2);
      const std::optional<TlogProof> read = parse_tlog_proof(format_tlog_proof(proof));
      REQUIRE(read);
      CHECK(read->extra == proof.extra);
      CHECK(read->index == index);
      CHECK(read->path == proof.path);
      CHECK(read->checkpoint == proof.checkpoint);
      CHECK(verify_tlog_proof(*read, all[index], log_signer().verifier())->size == size);
      CHECK_FALSE(holds(*read, leaf_hash("another")));
    }
  }
}

TEST_CASE("tlog-proof: no byte but the extra data can change", "[crypto][proof]") {
  const Digest leaf = leaves(5)[1];
  const std::string text = format_tlog_proof(proof_of(1, 5));
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::optional<TlogProof> read = parse_tlog_proof(samples::flipped(text, at));
    if (read) CHECK_FALSE(holds(*read, leaf));
  }
  TlogProof moved = proof_of(1, 5);
  moved.index = 0;
  CHECK_FALSE(holds(moved, leaf));
  TlogProof shorter = proof_of(1, 5);
  shorter.path.pop_back();
  CHECK_FALSE(holds(shorter, leaf));
  TlogProof other_tree = proof_of(1, 5);
  other_tree.checkpoint = proof_of(1, 6).checkpoint;
  CHECK_FALSE(holds(other_tree, leaf));
}

TEST_CASE("tlog-proof: refuses other spellings", "[crypto][proof]") {
  TlogProof proof = proof_of(1, 5);
  proof.extra = "abc";
  const std::string good = format_tlog_proof(proof);
  REQUIRE(parse_tlog_proof(good));
  std::string long_path = "c2sp.org/tlog-proof@v1\nindex 1\n";
  for (int i = 0; i < 65; ++i) long_path += Digest::zero().base64() + "\n";
  const std::string bad[] = {"",
                             replaced(good, "@v1", "@v2"),
                             replaced(good, "@v1\n", "@v1\r\n"),
                             replaced(good, "extra YWJj", "extra YWJ"),
                             replaced(good, "extra YWJj", "extra  YWJj"),
                             replaced(good, "extra YWJj\n", "extra YWJj\nextra YWJj\n"),
                             replaced(good, "index 1", "index 01"),
                             replaced(good, "index 1", "index -1"),
                             replaced(good, "index 1", "index"),
                             replaced(good, "index 1", "Index 1"),
                             replaced(good, "index 1\n", ""),
                             replaced(good, "index 1\n", "index 1\nAAAA\n"),
                             replaced(good, "index 1\n", "index 1\n\n"),
                             replaced(good, "\n\n", "\n"),
                             good.substr(0, good.find("\n\n")),
                             good + "\n",
                             long_path + "\n" + proof.checkpoint};
  for (const std::string& text : bad) {
    INFO(text);
    CHECK_FALSE(parse_tlog_proof(text));
  }
}

TEST_CASE("tlog-proof: carries the cosignatures of witnesses", "[crypto][proof]") {
  TlogProof proof = proof_of(3, 7);
  const std::string body = parse_note(proof.checkpoint)->body;
  proof.checkpoint = add_signature(proof.checkpoint, witness().sign(body, 1700000000)).value();
  const std::optional<TlogProof> read = parse_tlog_proof(format_tlog_proof(proof));
  REQUIRE(read);
  const std::vector known{witness().verifier()};
  const auto cosigned = verify_tlog_proof(*read, leaves(7)[3], log_signer().verifier(), known);
  REQUIRE(cosigned);
  CHECK(cosigned->cosignatures.size() == 1);
  CHECK_FALSE(verify_tlog_proof(*read, leaves(7)[2], log_signer().verifier(), known));
}
