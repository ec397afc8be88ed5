#include <catch2/catch.hpp>

#include "tests/api/city.h"

// What agencies found on the road and in sites, and the board of all findings.
using namespace city;

namespace {

/// A trade with one green and one red stop, two inspections and a seizure.
void watch(City& city) {
  city.open_trade();
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  Json stop = {
      {"stop", "T-GREEN"}, {"vehicle", "赣J00T01"}, {"place", "东出口"}, {"region", "360302"}, {"paper", "not-needed"}};
  city.must(city.police, "checkpoint.stop", stop);
  stop["stop"] = "T-RED";
  stop["vehicle"] = "赣J00T09";
  stop["consignment"] = "C-1";
  stop["lines"] = Json::array({{{"substance", "CN2-02"}, {"lot", "LOT-1"}, {"quantity", quantity("15")}}});
  city.must(city.police, "checkpoint.stop", stop);
  for (const char* party : {"maker-1", "user-1"})
    city.must(city.police, "inspection.record",
              {{"inspection", std::string("I-") + party},
               {"site", std::string("S-") + party},
               {"inspected_on", "2026-03-02"},
               {"access", std::string_view(party) == "maker-1" ? "given" : "refused"}});
  city.must(city.police, "seizure.record",
            {{"seizure", "Z-1"},
             {"site", "S-maker-1"},
             {"lines", Json::array({{{"lot", "LOT-1"}, {"quantity", quantity("3")}}})},
             {"seized_on", "2026-03-02"},
             {"reason", "查扣"}});
}

std::string ids(const Json& list, const char* member) {
  std::string out;
  for (const Json& row : list["data"]) (out += out.empty() ? "" : " ") += text(row, member);
  return out;
}

}  // namespace

TEST_CASE("Stops, inspections and seizures are listed with what came of them, the newest first", "[api][oversight]") {
  City city;
  watch(city);
  const Json stops = city.get("/v1/stops").json();
  CHECK(ids(stops, "id") == "T-RED T-GREEN");
  CHECK(text(stops["data"][0], "result") == "red");
  CHECK(text(stops["data"][0], "vehicle") == "赣J00T09");
  CHECK(stops["data"][0]["deviations"].dump().find("stop-quantity") != std::string::npos);
  CHECK(text(stops["data"][1], "result") == "green");
  const Json inspections = city.get("/v1/inspections").json();
  CHECK(ids(inspections, "id") == "I-user-1 I-maker-1");
  CHECK(text(inspections["data"][0], "result") == "refused");
  CHECK(text(inspections["data"][1], "result") == "passed");
  const Json seizures = city.get("/v1/seizures").json();
  REQUIRE(seizures["data"].size() == 1);
  CHECK(text(seizures["data"][0], "id") == "Z-1");
  CHECK(text(seizures["data"][0], "party") == "maker-1");
  CHECK(seizures["data"][0]["amount"]["text"] == "3 kg");
}

TEST_CASE("Stops, inspections and seizures are filtered, and a list may be empty", "[api][oversight]") {
  City city;
  watch(city);
  CHECK(ids(city.get("/v1/stops?result=red").json(), "id") == "T-RED");
  CHECK(ids(city.get("/v1/inspections?party=maker-1").json(), "id") == "I-maker-1");
  CHECK(ids(city.get("/v1/inspections?result=refused").json(), "id") == "I-user-1");
  for (const char* path : {"/v1/stops?vehicle=none", "/v1/inspections?site=none", "/v1/seizures?substance=CN3-02"}) {
    CAPTURE(path);
    const Answer empty = city.get(path);
    CHECK(empty.status == 200);
    CHECK(empty.json()["data"] == Json::array());
  }
}

TEST_CASE("A page of stops and of inspections leads to the next, which is the last", "[api][oversight]") {
  City city;
  watch(city);
  for (const auto& [path, first, second] :
       {std::tuple{"/v1/stops", "T-RED", "T-GREEN"}, std::tuple{"/v1/inspections", "I-user-1", "I-maker-1"}}) {
    CAPTURE(path);
    const Json one = city.get(std::string(path) + "?limit=1").json();
    CHECK(ids(one, "id") == first);
    const Json two = city.get(std::string(path) + "?limit=1&cursor=" + text(one, "next_cursor")).json();
    CHECK(ids(two, "id") == second);
    CHECK(two["has_more"] == false);
  }
}

TEST_CASE("Stops and the board are for agencies; a unit sees inspections and seizures of its own alone",
          "[api][oversight]") {
  City city;
  watch(city);
  for (const char* path : {"/v1/stops", "/v1/case-board"}) {
    CAPTURE(path);
    CHECK(city.get(path, "officer-maker-1").status == 403);
    CHECK(city.get(path, "").status == 401);
  }
  CHECK(ids(city.get("/v1/inspections", "officer-maker-1").json(), "id") == "I-maker-1");
  CHECK(ids(city.get("/v1/inspections", "officer-user-1").json(), "id") == "I-user-1");
  CHECK(ids(city.get("/v1/seizures", "officer-maker-1").json(), "id") == "Z-1");
  CHECK(city.get("/v1/seizures", "officer-user-1").json()["data"] == Json::array());
  CHECK(city.get("/v1/seizures", "").status == 401);
}

TEST_CASE("The board counts findings by state and gravity, and is empty where there are none", "[api][oversight]") {
  City city;
  city.open_trade();
  const Json before = city.get("/v1/case-board").json();
  CHECK(before["missing"] == Json::array());
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  city.count("C-1", "18");
  const Json board = city.get("/v1/case-board?kind=loss-in-transit").json();
  REQUIRE(board["counts"].size() == 1);
  CHECK(board["counts"][0]["count"] == 1);
  CHECK(text(board["counts"][0], "state") == "open");
  REQUIRE(board["missing"].size() == 1);
  CHECK(text(board["missing"][0], "substance") == "CN2-02");
  CHECK(city.get("/v1/case-board?severity=grave").status == 400);
  CHECK(city.get("/v1/case-board?party=none").json()["counts"] == Json::array());
}
