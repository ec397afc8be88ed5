#include <catch2/catch.hpp>

#include "api/access/message_signature.h"
#include "api/access/nonces.h"
#include "api/http/structured_field.h"
#include "crypto/encoding.h"
#include "crypto/raw_signature.h"
#include "tests/api/request_signer.h"

// Machines sign their requests with an enrolled key (RFC 9421).
using namespace city;

namespace {

constexpr const char* kPath = "/v1/permits?limit=5";

/// Each request on a connection of its own: nothing of the one before sticks to it.
std::string said(City& city, const RequestSigner& signer, const std::string& path = kPath) {
  Link link(city.port());
  signer.sign(link, "GET", path);
  return link.get(path).says();
}

/// A key of another suite, enrolled for the maker.
crypto::PrivateKey enrol(City& city, crypto::Suite suite) {
  auto key = crypto::PrivateKey::generate(suite);
  const Json json{{"spki", crypto::to_base64(key.public_key().spki())}, {"suite", crypto::name(suite)}};
  const registry::Submission entry = [&] {
    registry::Submission made = city.maker.make(city.now(), "key.enrol", {{"key", json}, {"role", "admin"}});
    made.signatures.push_back({key.public_key().id(), key.sign(made.header_text), {}});
    return made;
  }();
  const Answer answer = city.send(entry);
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  city.maker.stored(entry);
  return key;
}

}  // namespace

TEST_CASE("A machine reads with a signature of its unit's key, and only what is the unit's") {
  City city;
  RequestSigner signer = RequestSigner::of(city, city.maker.key());
  CHECK(said(city, signer) == "200 ");
  signer = RequestSigner::of(city, city.maker.key());
  CHECK(said(city, signer, "/v1/parties/maker-1") == "200 ");
  signer = RequestSigner::of(city, city.maker.key());
  CHECK(said(city, signer, "/v1/parties/user-1") == "404 not-found");
  // Behind a proxy that speaks of the target in parts.
  signer = RequestSigner::of(city, city.maker.key());
  signer.components = {"@query", "@path", "@authority", "@method"};
  signer.tag = "tallystick";
  CHECK(said(city, signer) == "200 ");
}

TEST_CASE("A machine of an agency says why, and the signature covers it") {
  City city;
  RequestSigner signer = RequestSigner::of(city, city.police.key());
  CHECK(said(city, signer, "/v1/parties/maker-1") == "422 purpose-missing");
  signer = RequestSigner::of(city, city.police.key());
  signer.fields = {{"tallystick-purpose", "case PX-1"}};
  CHECK(said(city, signer, "/v1/parties/maker-1") ==
        "401 message-signature-components header/signature-input:required");
  signer.components.emplace_back("tallystick-purpose");
  CHECK(said(city, signer, "/v1/parties/maker-1") == "200 ");
  CHECK(city.access_log().head().size == 1);
  Link link(city.port());
  signer.nonce = "another-nonce-000";
  signer.sign(link, "GET", "/v1/parties/maker-1");
  link.set_header("tallystick-purpose", "routine");
  CHECK(link.get("/v1/parties/maker-1").says() == "401 message-signature-wrong");
}

TEST_CASE("Each suite signs requests in its own algorithm, and no key in another's") {
  City city;
  for (const auto suite : {crypto::Suite::p256_sha256, crypto::Suite::sm2_sm3}) {
    const crypto::PrivateKey key = enrol(city, suite);
    for (int i = 0; i < 8; ++i) CHECK(said(city, RequestSigner::of(city, key)) == "200 ");
    RequestSigner confused = RequestSigner::of(city, key);
    confused.algorithm = "ed25519";
    CHECK(said(city, confused) == "401 message-signature-key-algorithm");
  }
  for (const char* algorithm :
       {"none", "hmac-sha256", "rsa-pss-sha512", "rsa-v1_5-sha256", "ecdsa-p384-sha384", "Ed25519", ""}) {
    RequestSigner signer = RequestSigner::of(city, city.maker.key());
    signer.algorithm = algorithm;
    CHECK(said(city, signer) == "401 message-signature-algorithm");
  }
  RequestSigner confused = RequestSigner::of(city, city.maker.key());
  confused.algorithm = "ecdsa-p256-sha256";
  CHECK(said(city, confused) == "401 message-signature-key-algorithm");
}

TEST_CASE("A signature covers the method and the whole target, each once") {
  City city;
  const auto with = [&](std::vector<std::string> components) {
    RequestSigner signer = RequestSigner::of(city, city.maker.key());
    signer.components = std::move(components);
    return said(city, signer);
  };
  const std::string missing = "401 message-signature-components header/signature-input:required";
  const std::string unknown = "401 message-signature-components header/signature-input:unknown_field";
  CHECK(with({"@method"}) == missing);
  CHECK(with({"@target-uri"}) == missing);
  CHECK(with({"@method", "@path", "@query"}) == missing);
  CHECK(with({"@method", "@authority", "@path"}) == missing);
  CHECK(with({}) == missing);
  CHECK(with({"@method", "@target-uri", "@method"}) ==
        "401 message-signature-components header/signature-input:duplicate");
  CHECK(with({"@method", "@target-uri", "@status"}) == unknown);
  CHECK(with({"@method", "@target-uri", "@signature-params"}) == unknown);
  CHECK(with({"@method", "@target-uri", "x-not-there"}) == unknown);
  CHECK(with({"@method", "@target-uri", "Host"}) == unknown);
}

TEST_CASE("What was signed cannot be stripped, reordered or moved to another request") {
  City city;
  const RequestSigner signer = RequestSigner::of(city, city.maker.key());
  const auto replaced = [&](const std::string& from, const std::string& to, const std::string& path = kPath) {
    Link link(city.port());
    signer.sign(link, "GET", kPath);
    std::string input = "sig1=" + signer.parameters();
    if (!from.empty()) input.replace(input.find(from), from.size(), to);
    link.set_header("Signature-Input", input);
    return link.get(path).says();
  };
  CHECK(replaced("\"@method\" \"@target-uri\"", "\"@target-uri\" \"@method\"") == "401 message-signature-wrong");
  CHECK(replaced("\"@target-uri\"", "\"@authority\" \"@path\" \"@query\"") == "401 message-signature-wrong");
  CHECK(replaced(";nonce=", ";tag=\"x\";nonce=") == "401 message-signature-wrong");
  CHECK(replaced(signer.nonce, "0123456789abcdef0123456789abcdef") == "401 message-signature-wrong");
  CHECK(replaced("", "", "/v1/permits?limit=6") == "401 message-signature-wrong");
  CHECK(replaced("", "", "/v1/permits") == "401 message-signature-wrong");
  CHECK(replaced(city.maker.key_id(), city.user.key_id()) == "401 message-signature-wrong");
  CHECK(replaced(city.maker.key_id(), std::string(64, '0')) == "401 message-signature-wrong");
  // More blanks than the one spelling has do not change what was signed.
  CHECK(replaced("\" \"", "\"   \"") == "200 ");
}

TEST_CASE("A signed request is good once") {
  City city;
  const RequestSigner signer = RequestSigner::of(city, city.maker.key());
  CHECK(said(city, signer) == "200 ");
  CHECK(said(city, signer) == "401 message-signature-replayed");
  // The nonce is the key's own: nobody uses up another's.
  RequestSigner other = RequestSigner::of(city, city.user.key());
  other.nonce = signer.nonce;
  CHECK(said(city, other) == "200 ");
  // A signature that is not good uses nothing up.
  RequestSigner third = RequestSigner::of(city, city.maker.key());
  RequestSigner forged = RequestSigner::of(city, city.user.key());
  forged.key_id = third.key_id;
  forged.nonce = third.nonce;
  CHECK(said(city, forged) == "401 message-signature-wrong");
  CHECK(said(city, third) == "200 ");
}

TEST_CASE("Nonces are kept until they expire, and a busy key has a bound of its own") {
  api::Nonces nonces({3, 5});
  const registry::UtcTime now{1'000'000}, later = now.plus_ms(60'000);
  for (const char* each : {"a", "b", "c"}) CHECK(nonces.take("k", each, later, now));
  CHECK(nonces.take("k", "a", later, now).error().rule == "message-signature-replayed");
  CHECK(nonces.take("k", "d", later, now).error().rule == "too-many-requests");
  CHECK(nonces.take("l", "d", later, now));
  CHECK(nonces.take("m", "d", later, now));
  CHECK(nonces.take("n", "d", later, now).error().rule == "too-many-requests");
  CHECK(nonces.take("n", "d", later.plus_ms(1), later));
  CHECK(nonces.size() == 1);
}

TEST_CASE("A signature is good at its time: not before, not after, not for long, not from before the start") {
  City city;
  city.go_to(city.now().plus_ms(600'000));
  const auto at = [&](std::int64_t created, std::int64_t expires) {
    RequestSigner signer = RequestSigner::of(city, city.maker.key());
    const std::int64_t now = signer.created;
    signer.created = now + created;
    signer.expires = now + expires;
    return said(city, signer);
  };
  const std::string refused = "401 message-signature-time";
  CHECK(at(0, 300) == "200 ");
  CHECK(at(-299, 1) == "200 ");
  CHECK(at(10, 60) == "200 ");
  CHECK(at(11, 60) == refused);
  CHECK(at(0, 301) == refused);
  CHECK(at(0, 0) == refused);
  CHECK(at(-60, 0) == refused);
  CHECK(at(0, -1) == refused);
  CHECK(at(-600'000'000'000, 60) == refused);
  CHECK(at(0, 600'000'000'000) == refused);
  City young;
  young.go_to(young.now().plus_ms(1'000));
  RequestSigner early = RequestSigner::of(young, young.maker.key());
  early.created -= 2;
  CHECK(said(young, early) == refused);
}

TEST_CASE("A signature of a key that is revoked, or of a unit that is suspended, opens nothing") {
  City city;
  city.must(city.maker, "key.revoke", {{"key", city.maker.key_id()}, {"reason", "stolen"}});
  CHECK(said(city, RequestSigner::of(city, city.maker.key())) == "422 key-revoked");
  city.must(city.police, "party.suspend", {{"party", "user-1"}, {"reason", "停业整顿"}});
  CHECK(said(city, RequestSigner::of(city, city.user.key())) == "403 party-not-active");
}

TEST_CASE("A signature that cannot be read is refused, on open routes too") {
  City city;
  const RequestSigner good = RequestSigner::of(city, city.maker.key());
  const auto with = [&](const std::string& input, const std::string& signature, const std::string& path = kPath) {
    Link link(city.port());
    link.set_header("Signature-Input", input);
    link.set_header("Signature", signature);
    return link.get(path).rule();
  };
  const std::string input = "sig1=" + good.parameters(), bytes = "sig1=:AAAA:", form = "message-signature-form";
  CHECK(with(input, "") == form);
  CHECK(with("", bytes) == form);
  CHECK(with(input, "sig2=:AAAA:") == form);
  CHECK(with(input, "sig1=:AAAA:, sig2=:AAAA:") == form);
  CHECK(with(input + ", sig2=" + good.parameters(), bytes) == form);
  CHECK(with(input, "sig1=:AAA:") == form);
  CHECK(with(input, "sig1=AAAA") == form);
  CHECK(with(input + ";more=1", bytes) == form);
  CHECK(with(input + ";created=1", bytes) == form);
  CHECK(with("sig1=(\"@method\";req)", bytes) == form);
  CHECK(with("sig1=(\"@method\" \"@target-uri\")", bytes) == form);
  CHECK(with("sig1=(\"@method\"\"@target-uri\");created=1", bytes) == form);
  CHECK(with("sig1=?1", bytes) == form);
  CHECK(with(input, bytes, "/v1/substances") == "message-signature-wrong");
  Link link(city.port());
  good.sign(link, "GET", kPath);
  CHECK(link.get(kPath, "auditor").says() == "400 message-signature-form header/authorization:unexpected");
}

TEST_CASE("A signature in another encoding of the same numbers opens neither a request nor a session") {
  City city;
  const auto refused = [&](const crypto::PrivateKey& key, const auto& change) {
    RequestSigner signer = RequestSigner::of(city, key);
    Link link(city.port());
    signer.sign(link, "GET", kPath);
    const std::string base = signer.base("GET", kPath);
    link.set_header("Signature", "sig1=:" + crypto::to_base64(change(key.sign(base))) + ":");
    CHECK(link.get(kPath).says() == "401 message-signature-wrong");
    Link browser(city.port());
    browser.set_header("Sec-Fetch-Site", "same-origin");
    const Json asked{{"key", key.public_key().id().hex()}};
    const Json challenge = browser.post("/v1/session/challenges", asked.dump()).json();
    const Json answer{{"challenge", challenge["challenge"]},
                      {"signature", crypto::to_base64(change(key.sign(text(challenge, "text"))))}};
    CHECK(browser.post("/v1/session", answer.dump()).says() == "401 sign-in-refused");
  };
  // Ed25519: S + L is the same number modulo the order; RFC 8032 wants the smaller one alone.
  refused(city.maker.key(), [](std::string signature) {
    const std::string order =
        crypto::parse_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
      carry += static_cast<unsigned char>(signature[32 + i]);
      carry += static_cast<unsigned char>(order[i]);
      signature[32 + i] = static_cast<char>(carry & 255);
      carry >>= 8;
    }
    return signature;
  });
  refused(city.maker.key(), [](std::string signature) { return signature + '\0'; });
  refused(city.maker.key(), [](const std::string&) { return std::string(64, '\0'); });
  // SM2: r and s as they are, and numbers beyond the order.
  const crypto::PrivateKey sm2 = enrol(city, crypto::Suite::sm2_sm3);
  refused(sm2, [](const std::string& der) { return crypto::to_raw_p256(der).value(); });
  refused(sm2, [](const std::string& der) { return der + '\0'; });
  refused(sm2, [](const std::string&) {
    const std::string high = crypto::parse_hex("022100" + std::string(64, 'f')).value();
    return "\x30\x46" + high + high;
  });
}

TEST_CASE("The digest of a body is signed, and the body is the one of the digest") {
  City city;
  const auto post = [&](const std::string& body, const std::string& digest, bool covered) {
    RequestSigner signer = RequestSigner::of(city, city.maker.key());
    signer.fields = {{"content-type", "application/json"}};
    if (!digest.empty()) signer.fields.emplace_back("content-digest", digest);
    if (covered) signer.components = {"@method", "@target-uri", "content-digest", "content-type"};
    Link link(city.port());
    signer.sign(link, "POST", "/v1/entries");
    link.set_header("content-type", "");
    return link.post("/v1/entries", body).rule();
  };
  // The entry is none; what matters is how far it came.
  CHECK(post("{}", content_digest("{}"), true) != "content-digest-wrong");
  CHECK(post("{}", content_digest("{}"), true).find("message-signature") == std::string::npos);
  CHECK(post("{ }", content_digest("{}"), true) == "content-digest-wrong");
  CHECK(post("{}", content_digest("{}"), false) == "message-signature-components");
  CHECK(post("{}", "", false) == "message-signature-components");
  CHECK(post("{}", "md5=:AAAA:", true) == "content-digest-form");
  CHECK(post("{}", "sha-256=AAAA", true) == "content-digest-form");
}

TEST_CASE("The signature base of the standard's own example is built byte for byte") {
  // RFC 9421 appendix B.2.6.
  api::Request request;
  request.method = api::Method::post;
  request.path = "/foo";
  request.target = "/foo?param=Value&Pet=dog";
  for (const auto& [name, value] :
       {std::pair("Host", "example.com"), std::pair("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        std::pair("Content-Type", "application/json"), std::pair("Content-Length", "18")})
    request.headers.add(name, value);
  const auto covered = api::parse_covered(
      "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
      ";created=1618884473;keyid=\"test-key-ed25519\"");
  REQUIRE(covered);
  api::MessageSignature signature;
  signature.components = covered->second.components;
  signature.parameters = covered->second.str();
  const std::string base = api::signature_base(signature, request, "https://example.com");
  CHECK(base ==
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\"@authority\": example.com\n"
        "\"content-type\": application/json\n\"content-length\": 18\n\"@signature-params\": (\"date\" \"@method\" "
        "\"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"");
  const auto key = crypto::PublicKey::parse_raw(
      crypto::Suite::ed25519_sha256, crypto::parse_base64url("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs").value());
  const auto bytes =
      crypto::parse_base64("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
  REQUIRE(key);
  REQUIRE(bytes);
  CHECK(key->verify(base, *bytes));
}
