#include "registry/log/submission.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "author.h"
#include "crypto/encoding.h"
#include "crypto/random.h"

using namespace registry;
using namespace registry::testing;
using crypto::Json;
using crypto::Suite;

namespace {

const std::string kPayload = R"({"lines":[{"amount":5}],"nonce":"00112233445566778899aabbccddeeff"})";

Submission sample(Suite suite = Suite::ed25519_sha256) {
  Author author(suite, '1', "P-1"), second(Suite::p256_sha256, '2', "P-2");
  auto s = author.sign(
      "transfer.dispatch", kPayload,
      {{"/driver/name", "\xe5\xbc\xa0", std::string(32, 's')}, {"/driver/phone", "138", std::string(32, 't')}});
  s.signatures.push_back(second.cosign(s));
  return s;
}

Json sample_json() { return Json::parse(format_submission(sample())); }

/// The refusal of a damaged sample.
Refusal refused(const Json& json) {
  auto result = parse_submission(json.dump());
  REQUIRE(!result);
  return std::move(result).error();
}

bool has(const Refusal& refusal, std::string_view pointer, std::string_view code) {
  for (const auto& f : refusal.fields) UNSCOPED_INFO(f.pointer << " " << f.code);
  for (const auto& f : refusal.fields)
    if (f.pointer == pointer && f.code == code) return true;
  return false;
}

/// The sample signed over other payload bytes than the author's JSON would be.
Refusal refused_payload(std::string payload) {
  Author author(Suite::ed25519_sha256, '1', "P-1");
  return refused(Json::parse(format_submission(author.sign("use.record", std::move(payload)))));
}

}  // namespace

TEST_CASE("submission: reads what it writes", "[log][submission]") {
  const auto suite = GENERATE(Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3);
  const auto sent = sample(suite);
  const auto read = parse_submission(format_submission(sent));
  REQUIRE(read);
  CHECK(read->header_text == sent.header_text);
  CHECK(read->header == sent.header);
  CHECK(read->entry_id == sent.entry_id);
  CHECK(read->payload == kPayload);
  CHECK(read->payload_json->at("lines").at(0).at("amount") == 5);
  REQUIRE(read->signatures.size() == 2);
  CHECK(read->signatures[1].signature == sent.signatures[1].signature);
  REQUIRE(read->private_values.size() == 2);
  CHECK(read->private_values[1].value == "138");
  CHECK(check_ledger(*read, kLedger));
  CHECK(check_ledger(*read, "registry.example/1").error().rule == "wrong-ledger");
}

TEST_CASE("submission: private values may be left out", "[log][submission]") {
  Author author(Suite::sm2_sm3, '1', "P-1");
  auto json = Json::parse(format_submission(author.sign("use.record", kPayload)));
  CHECK(!json.contains("private"));
  CHECK(parse_submission(json.dump()));
}

TEST_CASE("submission: verifies single and batch signatures, with and without memory", "[log][submission]") {
  const auto suite = GENERATE(Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3);
  Author author(suite, '1', "P-1");
  const auto key = author.key().public_key();
  const auto other = key_of(suite, '9').public_key();
  auto entries = author.sign_batch("use.record", std::vector<std::string>(7, kPayload));
  entries.push_back(author.sign("use.record", kPayload));
  entries.push_back(author.sign_batch("use.record", std::vector<std::string>{kPayload}).at(0));
  BatchCache cache;
  for (auto* memory : {static_cast<BatchCache*>(nullptr), &cache, &cache})
    for (const auto& entry : entries) {
      const auto read = parse_submission(format_submission(entry));
      REQUIRE(read);
      const auto& signature = read->signatures[0];
      CHECK(verify_signature(key, *read, signature, memory));
      CHECK(!verify_signature(other, *read, signature, memory));
      auto damaged = signature;
      auto& bytes = damaged.batch ? damaged.batch->signature : damaged.signature;
      bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
      CHECK(!verify_signature(key, *read, damaged, memory));
      if (!damaged.batch || damaged.batch->size == 1) continue;
      damaged = signature;
      damaged.batch->index ^= 1;
      CHECK(!verify_signature(key, *read, damaged, memory));
      damaged = signature;
      damaged.batch->path.pop_back();
      CHECK(!verify_signature(key, *read, damaged, memory));
    }
}

TEST_CASE("submission: an author's key of another suite than the header's signs nothing", "[log][submission]") {
  Author author(Suite::ed25519_sha256, '1', "P-1");
  auto entry = author.sign("use.record", kPayload);
  entry.header.suite = Suite::sm2_sm3;
  CHECK(!verify_signature(author.key().public_key(), entry, entry.signatures[0]));
}

TEST_CASE("submission: refuses malformed JSON and unknown or missing members, all at once", "[log][submission]") {
  CHECK(parse_submission("{").error().rule == "malformed-request");
  CHECK(parse_submission("[]").error().rule == "malformed-request");
  CHECK(parse_submission(R"({"header":"a","header":"b"})").error().fields.at(0).code == "duplicate_key");
  auto json = sample_json();
  json["surplus/~"] = 1;
  json["payload"] = 5;
  json.erase("header");
  json["signatures"][0]["key"] = 7;
  json["signatures"][1].erase("signature");
  json["private"][1]["salt"] = "AAAA";
  json["private"][0]["more"] = true;
  const auto refusal = refused(json);
  CHECK(refusal.rule == "malformed-request");
  CHECK(has(refusal, "/surplus~1~0", "unknown_field"));
  CHECK(has(refusal, "/payload", "wrong_type"));
  CHECK(has(refusal, "/header", "required"));
  CHECK(has(refusal, "/signatures/0/key", "wrong_type"));
  CHECK(has(refusal, "/signatures/1/signature", "required"));
  CHECK(has(refusal, "/private/1/salt", "bad_salt"));
  CHECK(has(refusal, "/private/0/more", "unknown_field"));
  CHECK(refusal.fields.size() == 7);
}

TEST_CASE("submission: keeps its bounds", "[log][submission]") {
  auto json = sample_json();
  SECTION("header") {
    json["header"] = std::string(4'097, 'x');
    CHECK(has(refused(json), "/header", "too_long"));
  }
  SECTION("payload") {
    json["payload"] = std::string((256 << 10) + 1, 'x');
    CHECK(has(refused(json), "/payload", "too_long"));
  }
  SECTION("signers") {
    for (int i = 0; i < 3; ++i) json["signatures"].push_back(json["signatures"][0]);
    CHECK(has(refused(json), "/signatures", "too_many"));
    json["signatures"] = Json::array();
    CHECK(has(refused(json), "/signatures", "too_few"));
  }
  SECTION("private values") {
    for (int i = 0; i < 100; ++i) json["private"].push_back(json["private"][0]);
    CHECK(has(refused(json), "/private", "too_many"));
  }
  SECTION("body") {
    const auto body = json.dump() + std::string(1 << 20, ' ');
    CHECK(parse_submission(body).error().rule == "malformed-request");
  }
}

TEST_CASE("submission: names the bad lines of its header", "[log][submission]") {
  auto json = sample_json();
  auto text = json["header"].get<std::string>();
  json["header"] = text.replace(text.find("cseq 1"), 6, "cseq x");
  const auto refusal = refused(json);
  CHECK(refusal.rule == "header-form");
  CHECK(has(refusal, "header/cseq", "bad_value"));
}

TEST_CASE("submission: refuses signatures that cannot be any", "[log][submission]") {
  auto json = sample_json();
  auto& signature = json["signatures"][0];
  SECTION("base 64") {
    signature["signature"] = "AAA";
    CHECK(has(refused(json), "/signatures/0/signature", "bad_base64"));
  }
  SECTION("key") {
    signature["key"] = "AB";
    CHECK(has(refused(json), "/signatures/0/key", "bad_key"));
  }
  SECTION("another author") {
    std::swap(json["signatures"][0], json["signatures"][1]);
    CHECK(has(refused(json), "/signatures/0/key", "not_author"));
  }
  SECTION("twice") {
    json["signatures"][1] = json["signatures"][0];
    CHECK(has(refused(json), "/signatures/1/key", "signer_twice"));
  }
  SECTION("batch") {
    signature["batch"] = {{"size", 2}, {"index", 2}, {"path", {"x"}}};
    const auto refusal = refused(json);
    CHECK(has(refusal, "/signatures/0/batch/index", "out_of_range"));
    CHECK(has(refusal, "/signatures/0/batch/path/0", "bad_hash"));
  }
  CHECK(refused(json).rule == "signature-form");
}

TEST_CASE("submission: refuses a payload that is not the signed one", "[log][submission]") {
  auto json = sample_json();
  json["payload"] = kPayload + " ";
  CHECK(refused(json).rule == "payload-hash");
  auto other = kPayload;
  other[20] = '6';
  json["payload"] = other;
  CHECK(refused(json).rule == "payload-hash");
}

TEST_CASE("submission: refuses a payload that is not canonical JSON, with a pointer into it", "[log][submission]") {
  CHECK(refused_payload(R"({"b":1, "a":2})").rule == "payload-not-canonical");
  CHECK(refused_payload(R"({"b":1,"a":2})").rule == "payload-not-canonical");
  CHECK(refused_payload("[1]").rule == "payload-form");
  CHECK(refused_payload("{").rule == "payload-form");
  const auto refusal = refused_payload(R"({"lines":[{"amount":1.5}]})");
  CHECK(refusal.rule == "payload-form");
  CHECK(has(refusal, "/lines/0/amount", "float_number"));
}

TEST_CASE("submission: refuses other private values than those committed to", "[log][submission]") {
  auto json = sample_json();
  SECTION("changed") { json["private"][0]["value"] = "x"; }
  SECTION("exchanged") { std::swap(json["private"][0], json["private"][1]); }
  SECTION("fewer") { json["private"].erase(1); }
  SECTION("none") { json.erase("private"); }
  CHECK(refused(json).rule == "private-root");
}

TEST_CASE("submission: a run ends before its first bad entry", "[log][submission]") {
  Json run{{"entries", {sample_json(), sample_json(), sample_json()}}};
  CHECK(parse_submissions(run.dump())->entries.size() == 3);
  CHECK(!parse_submissions(run.dump())->refused);
  run["entries"][1]["extra"] = 1;
  run["entries"][2] = 5;
  const auto read = parse_submissions(run.dump());
  REQUIRE(read);
  CHECK(read->entries.size() == 1);
  REQUIRE(read->refused);
  CHECK(has(*read->refused, "/entries/1/extra", "unknown_field"));
  CHECK(parse_submissions(R"({"entries":[]})").error().fields.at(0).code == "too_few");
  CHECK(parse_submissions(R"({"entries":[],"x":1})").error().fields.size() == 2);
}
