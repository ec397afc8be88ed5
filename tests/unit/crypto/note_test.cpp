#include "crypto/note.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "samples.h"

using namespace crypto;

namespace {

// The example of Go's sumdb/note package, from which the C2SP specification grew.
constexpr std::string_view kVkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kSignatureLine =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

NoteVerifier known_verifier() { return NoteVerifier::parse_vkey(kVkey).value(); }

NoteSigner signer(std::string_view name, char letter, NoteKeyType type = NoteKeyType::ed25519) {
  return NoteSigner::make(name, samples::ed25519_key(letter), type).value();
}

std::string note_by(const NoteSigner& by, std::string_view body) {
  const NoteSignature signature = by.sign(body);
  return format_note(body, {&signature, 1});
}

std::optional<Note> open_with(std::string_view text, const NoteVerifier& verifier) {
  return open_note(text, {&verifier, 1});
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("note: opens the specification's ancestor", "[crypto][note]") {
  const std::string text = std::string(kText) + "\n" + std::string(kSignatureLine);
  const std::optional<Note> note = open_with(text, known_verifier());
  REQUIRE(note);
  CHECK(note->body == kText);
  REQUIRE(note->signatures.size() == 1);
  CHECK(note->signatures[0].name == "PeterNeumann");
  CHECK(note->signatures[0].key_id == 0xc74f20a3);
  CHECK(note->signatures[0].line() == kSignatureLine);
  CHECK(format_note(note->body, note->signatures) == text);
}

TEST_CASE("note: a verifier key has one spelling", "[crypto][note]") {
  CHECK(known_verifier().vkey() == kVkey);
  CHECK(known_verifier().type() == NoteKeyType::ed25519);
  const std::string good(kVkey);
  const std::string bad[] = {"",
                             "PeterNeumann",
                             "PeterNeumann+c74f20a3",
                             "PeterNeumann+c74f20a3+",
                             replaced(good, "c74f20a3", "C74F20A3"),
                             replaced(good, "c74f20a3", "c74f20a4"),
                             replaced(good, "c74f20a3", "c74f20a"),
                             replaced(good, "PeterNeumann", "PeterNeumane"),
                             replaced(good, "PeterNeumann", ""),
                             replaced(good, "PeterNeumann", "Peter Neumann"),
                             replaced(good, "+AR", "+AB"),
                             good + "=",
                             good + "\n"};
  for (const std::string& vkey : bad) {
    INFO(vkey);
    CHECK_FALSE(NoteVerifier::parse_vkey(vkey));
  }
  // The identity as key, its id rightly computed.
  const std::string identity = '\x01' + std::string(31, '\0');
  const std::uint32_t id = note_key_id("evil", NoteKeyType::ed25519, identity);
  std::string id_bytes(4, '\0');
  for (unsigned i = 0; i < 4; ++i) id_bytes[i] = static_cast<char>(id >> (24 - 8 * i) & 0xff);
  CHECK_FALSE(NoteVerifier::parse_vkey("evil+" + to_hex(id_bytes) + "+" + to_base64('\x01' + identity)));
}

TEST_CASE("note: both key types write and read their verifier keys", "[crypto][note]") {
  for (NoteKeyType type : {NoteKeyType::ed25519, NoteKeyType::ed25519_cosignature}) {
    const NoteVerifier verifier = signer("witness.example/w1", 'w', type).verifier();
    const std::optional<NoteVerifier> read = NoteVerifier::parse_vkey(verifier.vkey());
    REQUIRE(read);
    CHECK(read->type() == type);
    CHECK(read->key() == verifier.key());
    CHECK(read->key_id() == verifier.key_id());
  }
  CHECK(signer("a", 'w').verifier().key_id() != signer("a", 'w', NoteKeyType::ed25519_cosignature).verifier().key_id());
}

TEST_CASE("note: names have neither blanks nor plus signs nor control characters", "[crypto][note]") {
  for (const char* name : {"a", "example.com/log", "登记处", "a-b_c.d/e:1"}) CHECK(is_note_key_name(name));
  for (const char* name :
       {"", " ", "a b", "a+b", "a\nb", "a\tb", "a\u00a0b", "a\u3000b", "a\u2028b", "a\u0085b", "a\x7f", "a\xff"}) {
    CHECK_FALSE(is_note_key_name(name));
    CHECK_FALSE(NoteSigner::make(name, samples::ed25519_key()));
  }
  CHECK_FALSE(NoteSigner::make("a", samples::key(Suite::sm2_sm3)));
  CHECK_FALSE(NoteVerifier::make("a", samples::key(Suite::p256_sha256).public_key()));
}

TEST_CASE("note: the text is separated by the last empty line", "[crypto][note]") {
  const NoteSigner by = signer("a.example", 'a');
  const std::string body = "one\n\ntwo\n\n\n";
  const std::optional<Note> note = open_with(note_by(by, body), by.verifier());
  REQUIRE(note);
  CHECK(note->body == body);
  CHECK_THROWS_AS(format_note("no newline", {}), std::invalid_argument);
}

TEST_CASE("note: refuses what is not well-formed", "[crypto][note]") {
  const NoteSigner by = signer("a.example", 'a');
  const std::string good = note_by(by, "text\n");
  const std::string line = good.substr(6);
  REQUIRE(parse_note(good));
  const std::string bad[] = {"",
                             "text\n",
                             "text\n\n",
                             "\n" + line,
                             "text\n" + line,
                             good.substr(0, good.size() - 1),
                             good + "\n",
                             good + "more\n",
                             replaced(good, "— ", "- "),
                             replaced(good, "— ", "—"),
                             replaced(good, "a.example ", "a.example  "),
                             replaced(good, "a.example ", ""),
                             replaced(good, "text", "te\txt"),
                             replaced(good, "text", "te\rxt"),
                             replaced(good, "text", "te\xffxt"),
                             replaced(good, "text", std::string("te\0xt", 5)),
                             "text\n\n— a.example AAAAAA==\n",
                             "text\n\n— a.example AAAA\n",
                             "text\n\n— a.example \n",
                             std::string(kNoteBytesMax, 'x') + good};
  for (const std::string& text : bad) {
    INFO(text.substr(0, 200));
    CHECK_FALSE(parse_note(text));
  }
}

TEST_CASE("note: takes 64 signatures and no more", "[crypto][note]") {
  const NoteSigner by = signer("a.example", 'a');
  std::string note = note_by(by, "text\n");
  const std::string other = signer("b.example", 'b').sign("text\n").line();
  for (std::size_t i = 1; i < kNoteSignaturesMax; ++i) note += other;
  CHECK(open_with(note, by.verifier()));
  CHECK_FALSE(open_with(note + other, by.verifier()));
}

TEST_CASE("note: needs a known key, and every known key's signature must hold", "[crypto][note]") {
  const NoteSigner a = signer("a.example", 'a');
  const NoteSigner b = signer("b.example", 'b');
  const std::string body = "text\n";
  const std::vector<NoteSignature> both{a.sign(body), b.sign(body)};
  const std::string note = format_note(body, both);
  CHECK(open_with(note, a.verifier())->signatures.size() == 1);
  CHECK(open_note(note, std::vector{a.verifier(), b.verifier()})->signatures.size() == 2);
  CHECK_FALSE(open_with(note, signer("c.example", 'c').verifier()));
  CHECK_FALSE(open_with(note, signer("a.example", 'b').verifier()));
  CHECK_FALSE(open_note(note, {}));

  const std::vector<NoteSignature> one_bad{a.sign(body), b.sign("other\n")};
  const std::string half = format_note(body, one_bad);
  CHECK(open_with(half, a.verifier()));
  CHECK_FALSE(open_note(half, std::vector{a.verifier(), b.verifier()}));
  CHECK_FALSE(open_with(replaced(note, "text", "Text"), a.verifier()));
}

TEST_CASE("note: a signature given twice counts once, and a bad second one refuses", "[crypto][note]") {
  const NoteSigner a = signer("a.example", 'a');
  const std::vector<NoteSignature> twice{a.sign("text\n"), a.sign("text\n")};
  CHECK(open_with(format_note("text\n", twice), a.verifier())->signatures.size() == 1);
  const std::vector<NoteSignature> second_bad{a.sign("text\n"), a.sign("other\n")};
  CHECK_FALSE(open_with(format_note("text\n", second_bad), a.verifier()));
}

TEST_CASE("note: a witness signs its time", "[crypto][note]") {
  const NoteSigner witness = signer("witness.example", 'w', NoteKeyType::ed25519_cosignature);
  const std::string body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  NoteSignature signature = witness.sign(body, 1679315147);
  const std::optional<Note> note = open_with(format_note(body, {&signature, 1}), witness.verifier());
  REQUIRE(note);
  CHECK(note->signatures[0].timestamp_s == 1679315147U);
  CHECK(to_hex(signature.bytes.substr(0, 8)) == "00000000641850cb");
  CHECK(witness.verifier().key().verify("cosignature/v1\ntime 1679315147\n" + body, signature.bytes.substr(8)));

  NoteSignature later = signature;
  later.bytes = samples::flipped(later.bytes, 7);
  CHECK_FALSE(witness.verifier().verify(body, later));
  NoteSignature bare = signature;
  bare.bytes = signature.bytes.substr(8);
  CHECK_FALSE(witness.verifier().verify(body, bare));
  CHECK_THROWS_AS(witness.sign(body, std::uint64_t{1} << 63), std::invalid_argument);
  CHECK(witness.verifier().verify(body, witness.sign(body, (std::uint64_t{1} << 63) - 1)));
}
