#include "api/access/rights.h"

#include <catch2/catch.hpp>
#include <functional>
#include <map>

#include "registry/base/fault.h"
#include "tests/api/rights_cells.h"
#include "tests/api/signed_in.h"

// Who may read what: every cell of the table against the real server.
using namespace city;

namespace {

std::string filled(std::string path) {
  for (auto open = path.find('{'); open != path.npos; open = path.find('{'))
    path.replace(open, path.find('}', open) - open + 1, "no-such-thing");
  return path;
}

struct Read {
  std::string operation, path;
};

std::vector<Read> reads(City& city) {
  std::vector<Read> out;
  const Json document = city.get("/openapi.json").json();
  for (const auto& [path, methods] : document["paths"].items())
    if (methods.contains("get")) out.push_back({text(methods["get"], "operationId"), filled(path)});
  // A stream has no end of its own.
  for (Read& each : out)
    if (each.path == "/v1/stream") each.path += "?follow=no";
  return out;
}

}  // namespace

TEST_CASE("Every route has a cell or is open, and every role is let in exactly where the table says") {
  City city;
  const Cells cells;
  std::map<std::string, std::function<Answer(const std::string&)>> callers;
  for (const char* role : {"regulator", "bureau", "auditor", "operator"})
    callers[role] = [&city, role](const std::string& path) { return city.get(path, role); };
  std::vector<std::unique_ptr<SignedIn>> people;
  const auto add = [&](Person& admin, const char* duty, const char* role) {
    people.push_back(std::make_unique<SignedIn>(city, admin, duty));
    callers[role] = [who = people.back().get()](const std::string& path) { return who->get(path); };
  };
  add(city.maker, "information-officer", "officer");
  add(city.maker, "responsible-person", "responsible");
  add(city.carrier, "driver", "driver");
  add(city.maker, "keeper", "keeper");
  add(city.maker, "pharmacist", "pharmacist");
  add(city.police, "inspector", "inspector");
  add(city.police, "issuer", "issuer");
  add(city.police, "approver", "approver");
  for (const auto& [operation, path] : reads(city)) {
    if (cells.open.contains(operation)) continue;
    INFO(operation << " " << path);
    REQUIRE(cells.resource_of.contains(operation));
    CHECK(city.get(path, "").says() == "401 unauthenticated");
    for (const auto& [role, ask] : callers) {
      INFO(role);
      const bool may = cells.relation.contains({role, cells.resource_of.at(operation)});
      CHECK((ask(path).status == 403) == !may);
    }
  }
}

TEST_CASE("An official sees the region of the agency, and of what leaves it the shared part") {
  City city;
  city.open_trade();
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  // maker-1 and other-1 are in 360302, user-1 in 360102.
  Person home = agency(city, "ps-px", "C", "360300"), elsewhere = agency(city, "ps-jj", "C", "360400"),
         county = agency(city, "ps-xj", "X", "360102");
  SignedIn at_home(city, home, "inspector"), away(city, elsewhere, "inspector"), receiver(city, county, "inspector");
  CHECK(at_home.get("/v1/parties/maker-1").status == 200);
  CHECK(at_home.get("/v1/parties/user-1").says() == "404 not-found");
  CHECK(at_home.get("/v1/consignments/C-1").status == 200);
  CHECK(receiver.get("/v1/consignments/C-1").status == 200);
  CHECK(receiver.get("/v1/permits/B-1").status == 200);
  CHECK(receiver.get("/v1/permits/T-1").says() == "404 not-found");
  CHECK(at_home.get("/v1/lots/LOT-1").status == 200);
  CHECK(receiver.get("/v1/lots/LOT-1").says() == "404 not-found");
  for (const char* path :
       {"/v1/parties/maker-1", "/v1/parties/user-1/sites", "/v1/sites/S-maker-1", "/v1/permits/B-1", "/v1/lots/LOT-1",
        "/v1/permits/B-1/statement", "/v1/permits/B-1/bundle", "/v1/consignments/C-1", "/v1/sales/SALE-1",
        "/v1/trace/lots/LOT-1", "/v1/trace/consignments/C-1", "/v1/mass-balance?party=maker-1",
        "/v1/mass-balance?region=3603", "/v1/coverage?region=3603", "/v1/entries?party=maker-1",
        "/v1/reports/stock-ledger?party=maker-1&period=2026-03", "/v1/obligations?party=user-1"})
    CHECK(away.get(path).says() == "404 not-found");
  CHECK(away.get("/v1/keys/" + city.maker.key_id()).says() == "404 not-found");
  for (const char* path : {"/v1/permits", "/v1/sales", "/v1/consignments", "/v1/lots", "/v1/balances",
                           "/v1/balances?where=transit", "/v1/findings", "/v1/applications", "/v1/named?known=all"})
    CHECK(away.get(path).json()["data"].empty());
  CHECK(at_home.get("/v1/sales").json()["data"].size() == 1);
  // No id of anybody elsewhere, on any list and under any number of an entry.
  const std::vector<std::string> words{"maker-1", "user-1", "LOT-1", "SALE-1", "C-1\"", "B-1", "T-1", "L-1"};
  std::vector<std::string> paths{
      "/v1/parties",     "/v1/entries",      "/v1/obligations", "/v1/obligations?state=closed",
      "/v1/inspections", "/v1/seizures",     "/v1/stops",       "/v1/border-cases",
      "/v1/reports",     "/v1/mass-balance", "/v1/case-board",  "/v1/coverage"};
  for (int i = 0; i < city.log_size(); ++i)
    for (const char* part : {"", "/receipt", "/bundle", "/private"})
      paths.push_back("/v1/entries/" + std::to_string(i) + part);
  for (const std::string& path : paths) {
    const Answer answer = away.get(path);
    INFO(path);
    if (answer.status == 200 && path.find("receipt") == path.npos)
      for (const std::string& word : words) CHECK(answer.body.find("\"" + word) == std::string::npos);
  }
}

TEST_CASE("A driver sees what the unit carries and nothing else of it") {
  City city;
  city.open_trade();
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  SignedIn driver(city, city.carrier, "driver"), bystander(city, city.maker, "driver");
  CHECK(driver.get("/v1/consignments/C-1").status == 200);
  CHECK(driver.get("/v1/consignments").json()["data"].size() == 1);
  CHECK(driver.get("/v1/sales").says() == "403 forbidden");
  CHECK(bystander.get("/v1/consignments/C-1").says() == "404 not-found");
  CHECK(bystander.get("/v1/consignments").json()["data"].empty());
}

TEST_CASE("What is hidden is answered as what is not there") {
  City& city = traded_city();
  const auto body = [&](const char* path, std::string id) {
    std::string out = city.get(std::string(path) + id, "officer-other-1").body;
    const auto at = out.find(id);
    if (at != out.npos) out.replace(at, id.size(), "ID");
    for (auto next = out.find(id); next != out.npos; next = out.find(id)) out.replace(next, id.size(), "ID");
    Json json = Json::parse(out);
    json.erase("instance");
    return json.dump();
  };
  CHECK(body("/v1/consignments/", "C-1") == body("/v1/consignments/", "C-999"));
  CHECK(body("/v1/permits/", "B-1") == body("/v1/permits/", "B-999"));
  CHECK(body("/v1/parties/", "maker-1") == body("/v1/parties/", "maker-999"));
}

TEST_CASE("Mistakes in the table of rights are named") {
  const std::string start = R"({"open":[],"resources":{"a":["x"]},"cells":[)";
  const std::string good = R"({"roles":["officer"],"action":"read","relation":"own","resources":["a"]}])";
  const std::string no_office = R"(,"goods":{},"offices":[]})",
                    goods = R"(,"goods":{"g":{"medicine":false,"pharma":false}})";
  const api::Catalogue catalogue{"cn", {{"CN1-01", false, false}, {"N-01", true, true}}, {{"BUY", {"purchase"}}}};
  for (const std::string& bad :
       {std::string("{}"), R"({"open":["x"],"resources":{"a":["x"]},"cells":[])" + no_office,
        start + R"({"roles":["king"],"action":"read","relation":"own","resources":["a"]}])" + no_office,
        start + R"({"roles":["officer"],"action":"read","relation":"own","resources":["b"]}])" + no_office,
        start + R"({"roles":["officer"],"action":"burn","relation":"own","resources":["a"]}])" + no_office,
        start + R"({"roles":["officer"],"action":"read","relation":"near","resources":["a"]}])" + no_office,
        start + R"({"roles":["officer","officer"],"action":"read","relation":"own","resources":["a"]}])" + no_office,
        start + good + "}",
        start + good + goods + R"(,"offices":[{"pack":"cn","agencies":["XX"],"goods":["g"],"resources":["a"]}]})",
        start + good + goods + R"(,"offices":[{"pack":"cn","agencies":["PS"],"goods":["h"],"resources":["a"]}]})",
        start + good + goods + R"(,"offices":[{"pack":"cn","agencies":["PS"],"goods":["g"],"resources":["b"]}]})",
        start + good + goods +
            R"(,"offices":[{"pack":"cn","agencies":["PS","PS"],"goods":["g"],"resources":["a"]}]})"}) {
    INFO(bad);
    CHECK_THROWS_AS(api::Rights::parse(bad, catalogue), registry::Fault);
  }
  const auto rights = api::Rights::parse(
      start + good + R"(,"goods":{"g":{"medicine":false,"pharma":false},"m":{"medicine":true,"pharma":true}},
      "offices":[{"pack":"cn","agencies":["PS"],"goods":["g"],"papers":["sale"],"resources":["a"]},
      {"pack":"cn","agencies":["DA"],"goods":["g","m"],"units":["hospital"],"resources":["a"]}]})",
      catalogue);
  CHECK_FALSE(rights.office("EM", "a"));
  CHECK(rights.office("PS", "a")->has_goods("CN1-01"));
  CHECK_FALSE(rights.office("PS", "a")->has_goods("N-01"));
  CHECK_FALSE(rights.office("PS", "a")->has_paper("BUY"));
  CHECK(rights.office("DA", "a")->goods == nullptr);
  CHECK(rights.office("DA", "a")->units == registry::Codes{"hospital"});
  // Elsewhere the law is another one.
  CHECK(api::Rights::parse(
            start + good + goods + R"(,"offices":[{"pack":"cn","agencies":["PS"],"goods":["g"],"resources":["a"]}]})",
            {"eu", {}, {}})
            .office("EM", "a")
            ->goods == nullptr);
  CHECK(rights.may({"officer"}, "a") == api::Relation::own);
  CHECK(rights.may({"driver"}, "a") == api::Relation::none);
  CHECK_THROWS_AS(rights.check_routes({}), registry::Fault);
}
