#include "api/access/oidc.h"

#include <catch2/catch.hpp>
#include <functional>

#include "api/http/https_get.h"
#include "crypto/encoding.h"
#include "crypto/raw_signature.h"
#include "tests/api/signed_in.h"

// Bearer tokens of an agency's own sign-in service. The issuer is made here, with its keys.
using namespace city;

namespace {

constexpr const char* kIssuer = "https://login.example";
/// 2048 bits, made for this test; what it signed stands in kRsaToken.
constexpr const char* kRsaModulus =
    "5u8FqACKTtMTsUSskE-BoqayVFdsu8TPzzQdn52pVxQag8KCOuwrWLPvIKer7KvlS0u8TL189hvBKpldu1NIdk5-nVZ1p5jzCsMs"
    "jbC6Dz-6Tf5mVfHlzAz1VQyq1Xz-1EymUHY9FJlbbiKWaR01DfwKDZRFJ1yp1ilq-SxB4zwusywNN6MAm0ft_LefgtB4XXHBw8sZ"
    "0KfgvbozBLOJauE1KWdy8u2aiiI2eK4gWm5iv9IebJSwRdWx5Do18rlESaSh87kxnkciodrr0zIgV8M3x79BXKausqyaOzIyUlub"
    "huaVQEcDtdvipYKjQ1xJJntvcMhLdkhtVoW71IKUsQ";
constexpr const char* kRsaToken =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYS0xIn0.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUiLCJhdWQiOiJyZWdpc3Ry"
    "eSIsInN1YiI6InUtMSIsImV4cCI6MTc3MjQyMDQwMCwiZ3JvdXBzIjpbInB4Il19.T6pbgyAONg6yC-DOQzkqKo7hw0DQwsQuEXI"
    "qwK4dWe15LkAI7DcYzDIwdMD83hpLYzOCq90d3GbsWVjtZKTr5FH9jzRx8NoIZPSDRp9KSzZSPVCuVDXV8UFRNQUtD_kErDX96Vj"
    "E_xKTWzDURPzlFuzn2n_Od4BVLW9rpr7GWc2wmgGncA5uiMTOhfbGU_ox9COmtMeNdhOG6k9eO_mO3Sfq2U2Q5-X28FfHRTecoN0"
    "xWt8mzsOCIfG3E5LjS5QG-Oa1DAA3PE_OnsBMk6Jkk-NlX7QFIywWdGm2fM1ZWMzpfDz0lAZqGmvm-CIuSSCOT5cooHgyk_xVg49"
    "akZixLA";

std::string encoded(const std::string& text) { return crypto::to_base64url(text); }

class Issuer {
 public:
  explicit Issuer(const std::string& name)
      : ed_(crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::sha256(name).view())),
        ec_(crypto::PrivateKey::from_seed(crypto::Suite::p256_sha256, crypto::sha256(name).view())) {}

  std::string keys() const {
    const std::string point(ec_.public_key().raw());
    return Json{{"keys",
                 {{{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "ed-1"}, {"x", encoded(ed_public())}},
                  {{"kty", "EC"},
                   {"crv", "P-256"},
                   {"kid", "ec-1"},
                   {"use", "sig"},
                   {"x", encoded(point.substr(1, 32))},
                   {"y", encoded(point.substr(33))}},
                  {{"kty", "RSA"}, {"kid", "rsa-1"}, {"n", kRsaModulus}, {"e", "AQAB"}},
                  {{"kty", "oct"}, {"kid", "secret-1"}, {"k", encoded("secret")}}}}}
        .dump();
  }
  std::string ed_public() const { return std::string(ed_.public_key().raw()); }

  std::string sign(const std::string& header, const std::string& claims) const {
    const std::string text = encoded(header) + "." + encoded(claims);
    return text + "." + encoded(ed_.sign(text));
  }
  std::string sign(const Json& header, const Json& claims) const { return sign(header.dump(), claims.dump()); }
  std::string sign_ec(const Json& claims) const {
    const std::string text = encoded(Json{{"alg", "ES256"}, {"kid", "ec-1"}}.dump()) + "." + encoded(claims.dump());
    return text + "." + encoded(*crypto::to_raw_p256(ec_.sign(text)));
  }

 private:
  crypto::PrivateKey ed_, ec_;
};

const Json kHeader{{"alg", "EdDSA"}, {"kid", "ed-1"}};

/// Good for an hour from the city's clock on.
Json claims(City& city) {
  return {{"iss", kIssuer},
          {"aud", Json::array({"other", "registry"})},
          {"sub", "wang@px"},
          {"exp", city.now().ms / 1'000 + 3'600},
          {"groups", Json::array({"staff", "px-narcotics"})}};
}

Json with(Json claims, const char* member, Json value) {
  claims[member] = std::move(value);
  return claims;
}

Json without(Json claims, const char* member) {
  claims.erase(member);
  return claims;
}

api::OidcSettings settings() {
  api::OidcSettings out{kIssuer, "registry", false, 60, {}};
  out.roles = {{"groups", "px-narcotics", api::Role::inspector, {"PS", "C", "360300"}, ""},
               {"groups", "px-safety", api::Role::bureau, {"EM", "C", "360300"}, ""}};
  return out;
}

/// A city whose server takes the tokens of an issuer.
struct TokenCity {
  City city;
  Issuer issuer{"the issuer"};
  std::string keys = issuer.keys();
  int fetched = 0;
  std::unique_ptr<api::ServiceServer> server;
  std::unique_ptr<Link> link;

  explicit TokenCity(api::OidcSettings how = settings()) {
    auto fetch = [this]() -> std::optional<std::string> {
      ++fetched;
      return keys.empty() ? std::nullopt : std::optional(keys);
    };
    const auto clock = [this]() -> const registry::Clock& { return city.registry().clock(); };
    server = std::make_unique<api::ServiceServer>(city.registry(), api::TokenBook(), api::ServerConfig(),
                                                  api::LogSink(), std::string(), api::Routes(), &city.access_log(),
                                                  std::make_unique<api::Oidc>(std::move(how), fetch, clock()));
    server->start();
    link = std::make_unique<Link>(server->port());
    link->set_header("Tallystick-Purpose", "routine");
  }
  ~TokenCity() {
    link.reset();
    server->stop(std::chrono::milliseconds{0});
  }

  std::string says(const std::string& token, const std::string& path = "/v1/parties/maker-1") {
    return link->get(path, token).says();
  }
};

}  // namespace

TEST_CASE("An official signs in with a token of the agency's own service, and is bound like all others") {
  TokenCity there;
  const std::string token = there.issuer.sign(kHeader, claims(there.city));
  CHECK(there.says(token) == "200 ");
  CHECK(there.says(there.issuer.sign_ec(claims(there.city))) == "200 ");
  // By the region and the goods of its agency, and by the table of rights.
  CHECK(there.says(token, "/v1/parties/user-1") == "404 not-found");
  CHECK(there.says(token, "/v1/status") == "403 forbidden");
  // Its reads are written down with who it was and why, and without a purpose there are none.
  const auto read = there.city.access_log().list("maker-1", {}, 10);
  REQUIRE_FALSE(read.empty());
  const Json record = Json::parse(read.front().text);
  CHECK(record["officer"] == "wang@px");
  CHECK(record["purpose"] == "routine");
  there.link->set_header("Tallystick-Purpose", "");
  CHECK(there.says(token) == "422 purpose-missing");
  there.link->set_header("Tallystick-Purpose", "routine");
  const Json safety = with(claims(there.city), "groups", "px-safety");
  CHECK(there.says(there.issuer.sign(kHeader, safety), "/v1/permits") == "200 ");
  CHECK(there.says(there.issuer.sign(kHeader, safety), "/v1/findings") == "403 forbidden");
  CHECK(there.fetched == 1);
}

TEST_CASE("A token whose claims do not fit is refused by its own rule") {
  TokenCity there;
  const Json good = claims(there.city);
  const std::int64_t now = there.city.now().ms / 1'000;
  const std::vector<std::pair<Json, std::string>> cases{{with(good, "iss", "https://login.example/"), "oidc-issuer"},
                                                        {without(good, "iss"), "oidc-issuer"},
                                                        {with(good, "iss", Json::array({kIssuer})), "oidc-issuer"},
                                                        {with(good, "aud", "other"), "oidc-audience"},
                                                        {without(good, "aud"), "oidc-audience"},
                                                        {with(good, "exp", now - 60), "oidc-time"},
                                                        {with(good, "exp", "tomorrow"), "oidc-time"},
                                                        {with(good, "exp", 1e300), "oidc-time"},
                                                        {without(good, "exp"), "oidc-time"},
                                                        {with(good, "nbf", now + 61), "oidc-time"},
                                                        {with(good, "nbf", Json()), "oidc-time"},
                                                        {with(good, "iat", now + 61), "oidc-time"},
                                                        {with(good, "groups", "px-narcotic"), "oidc-no-role"},
                                                        {without(good, "groups"), "oidc-no-role"},
                                                        {without(good, "sub"), "oidc-no-role"}};
  for (const auto& [bad, rule] : cases) {
    INFO(bad.dump());
    CHECK(there.says(there.issuer.sign(kHeader, bad)) == "401 " + rule);
  }
  // Within the skew a clock may be off.
  CHECK(there.says(there.issuer.sign(kHeader, with(good, "exp", now - 59))) == "200 ");
  CHECK(there.says(there.issuer.sign(kHeader, with(good, "nbf", now + 59))) == "200 ");
}

TEST_CASE("A token cannot choose how it is checked") {
  TokenCity there;
  const Json good = claims(there.city);
  const auto of = [&](const Json& header) { return there.says(there.issuer.sign(header, good)); };
  CHECK(of({{"alg", "none"}, {"kid", "ed-1"}}) == "401 oidc-token-algorithm");
  CHECK(of({{"alg", "None"}, {"kid", "ed-1"}}) == "401 oidc-token-algorithm");
  CHECK(of({{"alg", "ES256"}, {"kid", "ed-1"}}) == "401 oidc-token-algorithm");
  CHECK(of({{"alg", "HS256"}, {"kid", "secret-1"}}) == "401 oidc-token-algorithm");
  CHECK(of({{"alg", "EdDSA"}, {"kid", "secret-1"}}) == "401 oidc-key-unknown");
  for (const char* member : {"crit", "b64", "jwk", "jku", "x5u", "x5c"}) {
    INFO(member);
    Json header = kHeader;
    header[member] = "x";
    CHECK(of(header) == "401 oidc-token-header");
  }
  // The public key as the secret of an HMAC: the confusion of algorithms.
  const std::string text = encoded(R"({"alg":"HS256","kid":"ed-1"})") + "." + encoded(good.dump());
  CHECK(there.says(text + "." + encoded(crypto::sha256(there.issuer.ed_public() + text).hex())) ==
        "401 oidc-token-algorithm");
  // Without a signature.
  CHECK(there.says(text + ".") == "401 oidc-token-algorithm");
  CHECK(there.says(encoded(kHeader.dump()) + "." + encoded(good.dump()) + ".") == "401 oidc-signature-wrong");
  CHECK(there.says(Issuer("another").sign(kHeader, good)) == "401 oidc-signature-wrong");
  std::string spoilt = there.issuer.sign(kHeader, good);
  spoilt[spoilt.size() - 5] = spoilt[spoilt.size() - 5] == 'A' ? 'B' : 'A';
  CHECK(there.says(spoilt) == "401 oidc-signature-wrong");
}

TEST_CASE("What is no well-formed token is refused unread") {
  TokenCity there;
  const std::string good = claims(there.city).dump();
  const auto refused = [&](const std::string& token) { return there.says(token) == "401 oidc-token-form"; };
  CHECK(refused(there.issuer.sign(R"({"alg":"none","alg":"EdDSA","kid":"ed-1"})", good)));
  CHECK(refused(there.issuer.sign(kHeader.dump(), R"({"iss":"a","iss":"https://login.example"})")));
  CHECK(refused(there.issuer.sign(R"({"alg":"EdDSA"})", good)));
  CHECK(refused(there.issuer.sign("[]", good)));
  CHECK(refused("a.b.c"));
  CHECK(refused(there.issuer.sign(kHeader.dump(), R"({"iss":")" + std::string(9'000, 'a') + "\"}")));
  CHECK(there.says("no-token-at-all") == "401 unauthenticated");
}

TEST_CASE("RS256 is taken only where it is allowed") {
  TokenCity strict;
  CHECK(strict.says(kRsaToken) == "401 oidc-token-algorithm");
  api::OidcSettings how = settings();
  how.takes_rs256 = true;
  how.roles.front().value = "px";
  TokenCity lax(how);
  CHECK(lax.says(kRsaToken) == "200 ");
  std::string spoilt = kRsaToken;
  spoilt[spoilt.size() - 5] = spoilt[spoilt.size() - 5] == 'A' ? 'B' : 'A';
  CHECK(lax.says(spoilt) == "401 oidc-signature-wrong");
}

TEST_CASE("New keys are fetched for an unknown id, but once a minute at most") {
  TokenCity there;
  there.keys.clear();
  const std::string token = there.issuer.sign(kHeader, claims(there.city));
  CHECK(there.says(token) == "503 oidc-keys-unavailable");
  there.keys = there.issuer.keys();
  CHECK(there.says(token) == "503 oidc-keys-unavailable");
  CHECK(there.fetched == 1);
  there.city.go_to(there.city.now().plus_ms(61'000));
  CHECK(there.says(token) == "200 ");
  CHECK(there.fetched == 2);
  const Json strange{{"alg", "EdDSA"}, {"kid", "ed-2"}};
  for (int i = 0; i < 5; ++i)
    CHECK(there.says(there.issuer.sign(strange, claims(there.city))) == "401 oidc-key-unknown");
  CHECK(there.fetched == 2);
  // What cannot be had or read leaves the keys that there are.
  there.city.go_to(there.city.now().plus_ms(61'000));
  there.keys = "{}";
  CHECK(there.says(there.issuer.sign(strange, claims(there.city))) == "401 oidc-key-unknown");
  CHECK(there.fetched == 3);
  CHECK(there.says(there.issuer.sign(kHeader, claims(there.city))) == "200 ");
}

TEST_CASE("Keys are fetched over https, or from this machine, and no more of them than fits") {
  CHECK(api::is_fetched_safely("https://login.example/keys"));
  CHECK_FALSE(api::is_fetched_safely("http://login.example/keys"));
  CHECK_FALSE(api::is_fetched_safely("https://user:word@login.example/keys"));
  CHECK_FALSE(api::is_fetched_safely("file:///etc/passwd"));
  City city;
  const std::string here = "http://127.0.0.1:" + std::to_string(city.port());
  CHECK(api::https_get(here + "/openapi.json", 10'000'000));
  CHECK_FALSE(api::https_get(here + "/openapi.json", 1'000));
  CHECK_FALSE(api::https_get(here + "/v1/permits", 1'000'000));
}

TEST_CASE("A set of keys with an id twice, and one too large, is none") {
  const std::string key = R"({"kty":"OKP","crv":"Ed25519","kid":"a","x":")" + encoded(Issuer("a").ed_public()) + "\"}";
  CHECK(api::KeySet::parse("{\"keys\":[" + key + "]}")->size() == 1);
  CHECK_FALSE(api::KeySet::parse("{\"keys\":[" + key + "," + key + "]}"));
  CHECK_FALSE(api::KeySet::parse("[]"));
  CHECK_FALSE(api::KeySet::parse("{\"keys\":[],\"x\":\"" + std::string(300'000, 'a') + "\"}"));
  // A point of small order signs everything.
  CHECK(api::KeySet::parse(
            R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})")
            ->empty());
}
