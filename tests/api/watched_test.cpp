#include <catch2/catch.hpp>
#include <thread>

#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "registry/store/sqlite/access_file.h"
#include "tests/api/city.h"

// Who looks at others' data is looked at.
using namespace city;

namespace {

void sign_in(Link& link, const Person& who) {
  link.set_header("Sec-Fetch-Site", "same-origin");
  const Json challenge = link.post("/v1/session/challenges", Json{{"key", who.key_id()}}.dump()).json();
  const std::string signature = crypto::to_base64(who.key().sign(text(challenge, "text")));
  const Answer session =
      link.post("/v1/session", Json{{"challenge", challenge["challenge"]}, {"signature", signature}}.dump());
  link.set_header("Cookie", session.cookie.substr(0, session.cookie.find(';')));
}

}  // namespace

TEST_CASE("An official says why, and the unit sees who looked, when and why") {
  City city;
  Link police(city.port());
  sign_in(police, city.police);
  CHECK(police.get("/v1/parties/maker-1").says() == "422 purpose-missing");
  police.set_header("Tallystick-Purpose", "curiosity");
  CHECK(police.get("/v1/parties/maker-1").says() == "422 purpose-missing");
  CHECK(city.access_log().head().size == 0);
  police.set_header("Tallystick-Purpose", "case PX-2026-17");
  CHECK(police.get("/v1/parties/maker-1").status == 200);
  CHECK(police.get("/v1/parties/maker-999").status == 404);
  const Json seen = city.get("/v1/access-log", "officer-maker-1").json()["data"];
  REQUIRE(seen.size() == 1);
  CHECK(seen[0]["party"] == "ps-jx");
  CHECK(seen[0]["purpose"] == "case");
  CHECK(seen[0]["reference"] == "PX-2026-17");
  CHECK(seen[0]["operation"] == "getParty");
  CHECK(seen[0]["time"] == city.now().str());
  CHECK(city.get("/v1/access-log", "officer-user-1").json()["data"].empty());
  CHECK(city.get("/v1/access-log?party=maker-1", "officer-user-1").says() == "404 not-found");
  CHECK(city.get("/v1/access-log", "regulator").says() == "403 forbidden");
  // A unit that looks at its own leaves no trace; a token that says nothing is written down as such.
  CHECK(city.get("/v1/permits", "officer-maker-1").status == 200);
  CHECK(city.access_log().head().size == 1);
  CHECK(city.get("/v1/parties", "regulator").status == 200);
  const Json all = city.get("/v1/access-log", "auditor").json()["data"];
  REQUIRE(all.size() == 2);
  CHECK(all[0]["purpose"] == "unstated");
  CHECK(all[0]["subjects"].size() > 4);
  CHECK(city.get("/v1/access-log/head", "auditor").json()["hash"] == city.access_log().head().hash.hex());
}

TEST_CASE("An export is written down with what went out, and the unit is not told its digest") {
  City city;
  city.open_trade();
  Link police(city.port());
  sign_in(police, city.police);
  police.set_header("Tallystick-Purpose", "inspection XJ-7");
  const Answer bundle = police.get("/v1/permits/B-1/bundle");
  const Answer report = police.get("/v1/reports/stock-ledger?party=maker-1&period=2026-03&format=csv");
  REQUIRE(bundle.status == 200);
  REQUIRE(report.status == 200);
  REQUIRE(police.get("/v1/permits/B-1").status == 200);
  const Json all = city.get("/v1/access-log", "auditor").json()["data"];
  REQUIRE(all.size() == 3);
  CHECK(all[0]["digest"].is_null());
  CHECK(all[1]["operation"] == "getReport");
  CHECK(all[1]["digest"] == crypto::sha256(report.body).hex());
  CHECK(all[2]["digest"] == crypto::sha256(bundle.body).hex());
  CHECK(all[2]["purpose"] == "inspection");
  CHECK(all[2]["reference"] == "XJ-7");
  CHECK(city.access_log().first_broken() == std::nullopt);
  // The chain's hash would let the unit try out what the answer said, were there no salt that it does not know.
  const auto text = all[2]["text"].get<std::string>();
  CHECK(Json::parse(text)["salt"].get<std::string>().size() == 32);
  CHECK_FALSE(all[2].contains("salt"));
  for (const Json& row : city.get("/v1/access-log", "officer-user-1").json()["data"]) {
    CHECK(row["digest"].is_null());
    CHECK_FALSE(row.contains("salt"));
  }
}

TEST_CASE("The access log cannot be changed unseen") {
  City city;
  for (int i = 0; i < 5; ++i) city.get("/v1/parties/maker-1", "regulator");
  CHECK(city.access_log().first_broken() == std::nullopt);
  registry::sqlite::Session thief(city.access_file(), registry::sqlite::Access::write);
  CHECK_THROWS(thief.execute("DELETE FROM access WHERE id = 2"));
  CHECK_THROWS(thief.execute("UPDATE access SET text = '{}' WHERE id = 2"));
  thief.execute("DROP TRIGGER access_stays; UPDATE access SET text = replace(text, 'maker', 'faker') WHERE id = 2");
  CHECK(city.access_log().first_broken() == 2);
}

TEST_CASE("Many readers at once share commits, and each has its record") {
  City city;
  std::vector<std::thread> readers;
  for (int r = 0; r < 4; ++r)
    readers.emplace_back([&city] {
      Link link(city.port());
      for (int i = 0; i < 25; ++i) link.get("/v1/parties/user-1", "regulator");
    });
  for (std::thread& each : readers) each.join();
  CHECK(city.access_log().head().size == 100);
  CHECK(city.access_log().first_broken() == std::nullopt);
  CHECK(city.get("/v1/access-log?limit=200", "officer-user-1").json()["data"].size() == 100);
  const Json page = city.get("/v1/access-log?limit=60", "officer-user-1").json();
  CHECK(page["has_more"] == true);
}
