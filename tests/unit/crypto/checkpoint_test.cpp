#include "crypto/checkpoint.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "samples.h"

using namespace crypto;

namespace {

constexpr std::string_view kOrigin = "registry.example/360300";

NoteSigner log_signer(std::string_view name = kOrigin, char letter = 'l') {
  return NoteSigner::make(name, samples::ed25519_key(letter)).value();
}

NoteSigner witness(char letter) {
  return NoteSigner::make(std::string("witness.example/") + letter, samples::ed25519_key(letter),
                          NoteKeyType::ed25519_cosignature)
      .value();
}

Checkpoint sample() { return {std::string(kOrigin), 20852163, sha256("root"), {}}; }

std::string cosigned(std::string_view note, const Checkpoint& checkpoint, const NoteSigner& by) {
  return add_signature(note, by.sign(checkpoint.body(), 1700000000)).value();
}

}  // namespace

TEST_CASE("checkpoint: is the text of c2sp.org/tlog-checkpoint", "[crypto][checkpoint]") {
  const std::string body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const std::optional<Checkpoint> checkpoint = parse_checkpoint(body);
  REQUIRE(checkpoint);
  CHECK(checkpoint->origin == "example.com/behind-the-sofa");
  CHECK(checkpoint->size == 20852163);
  CHECK(checkpoint->body() == body);
  const std::optional<Checkpoint> extended = parse_checkpoint(body + "one\ntwo\n");
  REQUIRE(extended);
  CHECK(extended->extension == std::vector<std::string>{"one", "two"});
  CHECK(extended->body() == body + "one\ntwo\n");
}

TEST_CASE("checkpoint: has one spelling", "[crypto][checkpoint]") {
  const std::string root = Digest::zero().base64();
  CHECK(parse_checkpoint("o\n0\n" + root + "\n"));
  CHECK(parse_checkpoint("o\n18446744073709551615\n" + root + "\n"));
  const std::string bad[] = {"",
                             "o\n",
                             "o\n1\n",
                             "\n1\n" + root + "\n",
                             "o\n01\n" + root + "\n",
                             "o\n00\n" + root + "\n",
                             "o\n-1\n" + root + "\n",
                             "o\n+1\n" + root + "\n",
                             "o\n 1\n" + root + "\n",
                             "o\n\n" + root + "\n",
                             "o\n18446744073709551616\n" + root + "\n",
                             "o\n1\n" + root,
                             "o\n1\n" + root + "\n\n",
                             "o\n1\n" + root + "\nx",
                             "o\n1\n" + root + "\nx\n\n",
                             "o\n1\n" + root.substr(0, 43) + "\n",
                             "o\n1\nAAAA\n",
                             "o\r\n1\n" + root + "\n",
                             "o\xff\n1\n" + root + "\n"};
  for (const std::string& body : bad) {
    INFO(body);
    CHECK_FALSE(parse_checkpoint(body));
  }
}

TEST_CASE("checkpoint: opens for the log's key and origin only", "[crypto][checkpoint]") {
  const std::string note = sign_checkpoint(sample(), log_signer());
  CHECK(open_checkpoint(note, log_signer().verifier()) == sample());
  CHECK_FALSE(open_checkpoint(note, log_signer(kOrigin, 'x').verifier()));
  CHECK_FALSE(open_checkpoint(note, log_signer("registry.example/other").verifier()));
  // The key's name is not the origin: another log of the same signer.
  const std::string foreign = sign_checkpoint(sample(), log_signer("registry.example/other"));
  CHECK_FALSE(open_checkpoint(foreign, log_signer("registry.example/other").verifier()));
  for (std::size_t at = 0; at < note.size(); at += 5) {
    CHECK_FALSE(open_checkpoint(samples::flipped(note, at), log_signer().verifier()));
  }
}

TEST_CASE("checkpoint: a log's key does not open a note that only a witness signed", "[crypto][checkpoint]") {
  const NoteSigner cosigner =
      NoteSigner::make(kOrigin, samples::ed25519_key('l'), NoteKeyType::ed25519_cosignature).value();
  const NoteSignature signature = cosigner.sign(sample().body(), 1700000000);
  const std::string note = format_note(sample().body(), {&signature, 1});
  CHECK_FALSE(open_checkpoint(note, log_signer().verifier()));
  CHECK_FALSE(open_checkpoint(note, cosigner.verifier()));
  CHECK_FALSE(open_checkpoint(note, log_signer().verifier(), std::vector{cosigner.verifier()}));
}

TEST_CASE("checkpoint: lines that are no lines cannot be signed", "[crypto][checkpoint]") {
  for (const std::string& origin : {std::string(), std::string("a\nb"), std::string("a\tb"), std::string("\xff")}) {
    Checkpoint checkpoint = sample();
    checkpoint.origin = origin;
    CHECK_THROWS_AS(sign_checkpoint(checkpoint, log_signer()), std::invalid_argument);
  }
  for (const std::string& line : {std::string(), std::string("a\nb")}) {
    Checkpoint checkpoint = sample();
    checkpoint.extension = {line};
    CHECK_THROWS_AS(sign_checkpoint(checkpoint, log_signer()), std::invalid_argument);
  }
}

TEST_CASE("checkpoint: cosignatures of known witnesses are listed once each", "[crypto][checkpoint]") {
  std::string note = sign_checkpoint(sample(), log_signer());
  for (char letter : {'u', 'v', 'v', 'w'}) note = cosigned(note, sample(), witness(letter));
  const std::vector known{witness('v').verifier(), witness('w').verifier(), witness('x').verifier()};
  const std::optional<CosignedCheckpoint> opened = open_checkpoint(note, log_signer().verifier(), known);
  REQUIRE(opened);
  CHECK(opened->checkpoint == sample());
  REQUIRE(opened->cosignatures.size() == 2);
  CHECK(opened->cosignatures[0].name == "witness.example/v");
  CHECK(opened->cosignatures[1].timestamp_s == 1700000000U);
  CHECK(open_checkpoint(note, log_signer().verifier(), {})->cosignatures.empty());
}

TEST_CASE("checkpoint: a known witness's bad signature refuses the whole", "[crypto][checkpoint]") {
  Checkpoint other = sample();
  other.size += 1;
  const std::string note = cosigned(sign_checkpoint(sample(), log_signer()), other, witness('w'));
  CHECK_FALSE(open_checkpoint(note, log_signer().verifier(), std::vector{witness('w').verifier()}));
  CHECK(open_checkpoint(note, log_signer().verifier(), std::vector{witness('v').verifier()}));
}

TEST_CASE("checkpoint: signatures are added to well-formed notes only", "[crypto][checkpoint]") {
  const NoteSignature signature = witness('w').sign(sample().body(), 1);
  CHECK_FALSE(add_signature(sample().body(), signature));
  CHECK_FALSE(add_signature("", signature));
  NoteSignature empty = signature;
  empty.bytes.clear();
  CHECK_FALSE(add_signature(sign_checkpoint(sample(), log_signer()), empty));
  NoteSignature two_lines = signature;
  two_lines.name = "a\n— b";
  CHECK_FALSE(add_signature(sign_checkpoint(sample(), log_signer()), two_lines));
}
