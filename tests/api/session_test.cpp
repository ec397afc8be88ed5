#include <catch2/catch.hpp>

#include "api/access/challenges.h"
#include "api/http/network_of.h"
#include "crypto/encoding.h"
#include "tests/api/city.h"

// Signing in with an enrolled key.
using namespace city;

namespace {

constexpr std::int64_t kMinute = 60'000;

/// A browser of one person: its own connection, a cookie, and a page of the registry's.
class Browser {
 public:
  explicit Browser(City& city) : city_(city), link_(city.port()) { link_.set_header("Sec-Fetch-Site", "same-origin"); }

  Answer ask(const Person& who) { return link_.post("/v1/session/challenges", Json{{"key", who.key_id()}}.dump()); }
  Answer answer(const Json& challenge, const Person& who) {
    const std::string signature = crypto::to_base64(who.key().sign(text(challenge, "text")));
    Answer out =
        link_.post("/v1/session", Json{{"challenge", challenge["challenge"]}, {"signature", signature}}.dump());
    if (out.status == 201) link_.set_header("Cookie", out.cookie.substr(0, out.cookie.find(';')));
    return out;
  }
  Answer sign_in(const Person& who) { return answer(ask(who).json(), who); }
  std::string state() { return link_.get("/v1/session").says(); }
  Link& link() { return link_; }

 private:
  City& city_;
  Link link_;
};

void wait(City& city, std::int64_t ms) { city.go_to(city.now().plus_ms(ms)); }

}  // namespace

TEST_CASE("A person signs in with a key and is who the log says") {
  City city;
  Browser browser(city);
  const Answer challenge = browser.ask(city.maker);
  REQUIRE(challenge.status == 201);
  const std::string said = text(challenge.json(), "text");
  const std::string host = "127.0.0.1:" + std::to_string(city.port());
  CHECK(said == "tallystick sign-in v1\nledger registry.example/city-1\norigin http://" + host + "\nkey " +
                    city.maker.key_id() + "\nchallenge " + text(challenge.json(), "challenge") + "\nexpires " +
                    city.now().plus_ms(kMinute).str() + "\n");
  const Answer session = browser.answer(challenge.json(), city.maker);
  REQUIRE(session.status == 201);
  CHECK(session.cookie.starts_with("__Host-tallystick="));
  CHECK(session.cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"));
  CHECK(session.body.find(session.cookie.substr(18, 43)) == std::string::npos);
  const Json me = browser.link().get("/v1/session").json();
  CHECK(me["key"] == city.maker.key_id());
  CHECK(me["party"] == "maker-1");
  CHECK(me["party_name"] == "萍乡化工 maker-1");
  CHECK(me["roles"] == Json::array({"officer", "responsible"}));
  CHECK(me["agency"].is_null());
  CHECK(me["idle_ends_at"] == city.now().plus_ms(10 * kMinute).str());
  CHECK(browser.link().get("/v1/parties/maker-1").status == 200);
  CHECK(browser.link().get("/v1/parties/user-1").status == 404);
  Browser official(city);
  REQUIRE(official.sign_in(city.police).status == 201);
  CHECK(official.link().get("/v1/session").json()["agency"] ==
        Json({{"role", "PS"}, {"level", "P"}, {"region", "360000"}}));
}

TEST_CASE("A challenge is good once, for a minute, for its key and its address") {
  City city;
  Browser browser(city);
  const Json first = browser.ask(city.maker).json();
  CHECK(browser.answer(first, city.user).says() == "401 sign-in-refused");
  CHECK(browser.answer(first, city.maker).says() == "422 challenge-unknown");
  const Json second = browser.ask(city.maker).json();
  CHECK(browser.answer(second, city.maker).status == 201);
  CHECK(browser.answer(second, city.maker).says() == "422 challenge-unknown");
  const Json late = browser.ask(city.maker).json();
  wait(city, kMinute);
  CHECK(browser.answer(late, city.maker).says() == "422 challenge-expired");
  const Json elsewhere = browser.ask(city.maker).json();
  browser.link().set_header("Host", "registry.evil");
  CHECK(browser.answer(elsewhere, city.maker).says() == "422 sign-in-origin");
}

TEST_CASE("Nobody learns from a challenge which keys are enrolled") {
  City city;
  Browser browser(city);
  const Person stranger(City::kLedger, "stranger", "stranger");
  const Answer known = browser.ask(city.maker), unknown = browser.ask(stranger);
  CHECK(unknown.status == known.status);
  CHECK(unknown.body.size() == known.body.size());
  CHECK(browser.answer(unknown.json(), stranger).says() == "401 sign-in-refused");
  CHECK(browser.answer(known.json(), stranger).says() == "401 sign-in-refused");
  CHECK(browser.link().post("/v1/session/challenges", R"({"key":"AB"})").says() ==
        "400 malformed-request /key:bad_hash");
  CHECK(browser.link().post("/v1/session", R"({"challenge":7,"more":""})").says() ==
        "400 malformed-request /challenge:wrong_type /signature:required /more:unknown_field");
}

TEST_CASE("A session locks when idle, ends after twelve hours, and when one signs out") {
  City city;
  Browser browser(city);
  REQUIRE(browser.sign_in(city.maker).status == 201);
  wait(city, 9 * kMinute);
  CHECK(browser.link().get("/v1/permits").status == 200);
  wait(city, 9 * kMinute);
  CHECK(browser.state() == "200 ");
  // Asking how long it lasts kept nothing awake.
  wait(city, kMinute);
  CHECK(browser.state() == "401 session-ended");
  CHECK(browser.link().get("/v1/permits").says() == "401 session-ended");
  REQUIRE(browser.sign_in(city.maker).status == 201);
  for (int i = 0; i < 12 * 60 - 9; i += 9) {
    wait(city, 9 * kMinute);
    REQUIRE(browser.link().get("/v1/permits").status == 200);
  }
  wait(city, 9 * kMinute);
  CHECK(browser.state() == "401 session-ended");
  REQUIRE(browser.sign_in(city.maker).status == 201);
  const Answer out = browser.link().remove("/v1/session");
  CHECK(out.status == 204);
  CHECK(out.cookie.find("Max-Age=0") != std::string::npos);
  CHECK(browser.state() == "401 session-ended");
}

TEST_CASE("A session ends with the key or the unit") {
  City city;
  Browser maker(city), user(city);
  REQUIRE(maker.sign_in(city.maker).status == 201);
  REQUIRE(user.sign_in(city.user).status == 201);
  city.must(city.maker, "key.revoke", {{"key", city.maker.key_id()}, {"reason", "stolen"}});
  CHECK(maker.link().get("/v1/permits").says() == "401 session-ended");
  CHECK(maker.sign_in(city.maker).says() == "422 key-revoked");
  CHECK(user.link().get("/v1/permits").status == 200);
  city.must(city.police, "party.suspend", {{"party", "user-1"}, {"reason", "停业整顿"}});
  CHECK(user.state() == "401 session-ended");
  CHECK(user.sign_in(city.user).says() == "403 party-not-active");
}

TEST_CASE("A session ends when the officer is withdrawn") {
  City city;
  const Person driver(City::kLedger, "carrier-1", "driver");
  city.must(city.carrier, "officer.appoint", {{"officer", "D-1"}, {"duty", "driver"}});
  city.must(city.carrier, "key.enrol", {{"key", driver.key_json()}, {"role", "officer"}, {"officer", "D-1"}},
            {&driver});
  Browser browser(city);
  const Answer session = browser.sign_in(driver);
  REQUIRE(session.status == 201);
  CHECK(session.json()["roles"] == Json::array({"driver"}));
  CHECK(session.json()["officer"] == "D-1");
  city.must(city.carrier, "officer.withdraw", {{"officer", "D-1"}, {"reason", "left"}});
  CHECK(browser.state() == "401 session-ended");
  CHECK(browser.sign_in(driver).says() == "422 key-revoked");
}

TEST_CASE("Another site cannot act with somebody's session") {
  City city;
  Browser browser(city);
  REQUIRE(browser.sign_in(city.maker).status == 201);
  browser.link().set_header("Sec-Fetch-Site", "cross-site");
  CHECK(browser.link().post("/v1/entries", "{}").says() == "403 cross-site");
  CHECK(browser.link().remove("/v1/session").says() == "403 cross-site");
  CHECK(browser.ask(city.maker).says() == "403 cross-site");
  browser.link().set_header("Sec-Fetch-Site", "");
  CHECK(browser.link().post("/v1/entries", "{}").says() == "403 cross-site");
  browser.link().set_header("Origin", "http://127.0.0.1:" + std::to_string(city.port()));
  CHECK(browser.link().post("/v1/entries", "{}").status == 400);
  // Nothing that changes something takes a type that a page elsewhere can send without asking.
  const Json paths = city.get("/openapi.json").json()["paths"];
  for (const auto& [path, methods] : paths.items())
    for (const auto& [method, operation] : methods.items())
      if (operation.contains("requestBody"))
        for (const auto& [type, body] : operation["requestBody"]["content"].items())
          CHECK((type == "application/json" || type == "application/x-ndjson"));
}

TEST_CASE("A flood of challenges pushes out its own and nobody else's") {
  api::Challenges challenges("ledger", {kMinute, 100, 20});
  const registry::UtcTime now{1'000'000};
  const std::string key(64, 'a');
  const auto honest = challenges.open(key, "https://r", "192.0.2.7", now);
  const auto early = challenges.open(key, "https://r", "2001:db8:0:1::1", now);
  for (int i = 0; i < 5'000; ++i) challenges.open(key, "https://r", "2001:db8:0:1::" + std::to_string(i % 9'000), now);
  for (int i = 0; i < 5'000; ++i) challenges.open(key, "https://r", "198.51.100." + std::to_string(i % 4), now);
  CHECK(challenges.size() == 100);
  CHECK(challenges.take(honest.id, now));
  CHECK(challenges.take(early.id, now).error().rule == "challenge-unknown");
  challenges.open(key, "https://r", "192.0.2.8", now.plus_ms(10 * kMinute));
  CHECK(challenges.size() == 1);
  CHECK(api::network_of("::ffff:192.0.2.7") == "c0000207");
  CHECK(api::network_of("2001:db8::1%eth0") == api::network_of("2001:db8::2"));
  CHECK(api::network_of("192.0.2.7") != api::network_of("192.0.2.8"));
}
