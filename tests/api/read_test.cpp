#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "registry/views/permit_statement.h"
#include "tests/api/city.h"

using namespace city;

namespace {

std::string first_index(City& city, const std::string& type) {
  const Json found = city.get("/v1/entries?type=" + type).json();
  return std::to_string(found["data"].at(0)["index"].get<std::int64_t>());
}

/// One good request for every route that reads.
std::map<std::string, std::string> good_requests(City& city) {
  const std::string entry = first_index(city, "transfer.dispatch");
  const std::string finding = text(city.get("/v1/findings").json()["data"].at(0), "id");
  return {{"listEntries", "/v1/entries"},
          {"getEntry", "/v1/entries/" + entry},
          {"getEntryPart", "/v1/entries/" + entry + "/receipt"},
          {"getCheckpoint", "/v1/checkpoint"},
          {"proveInclusion", "/v1/proof/inclusion?index=3"},
          {"proveConsistency", "/v1/proof/consistency?from=3"},
          {"getLogCheckpoint", "/log/checkpoint"},
          {"getTile", "/log/tile/0/000.p/5"},
          {"listParties", "/v1/parties"},
          {"getParty", "/v1/parties/maker-1"},
          {"listSites", "/v1/parties/maker-1/sites"},
          {"listKeys", "/v1/parties/maker-1/keys"},
          {"listChains", "/v1/parties/maker-1/chains"},
          {"getSite", "/v1/sites/S-maker-1"},
          {"getChain", "/v1/chains/" + city.maker.chain()},
          {"getKey", "/v1/keys/" + city.maker.key_id()},
          {"listPermits", "/v1/permits"},
          {"getReport", "/v1/reports/annual?period=2026&party=maker-1"},
          {"getPermit", "/v1/permits/B-1"},
          {"getPermitStatement", "/v1/permits/B-1/statement"},
          {"getPermitBundle", "/v1/permits/B-1/bundle"},
          {"listApplications", "/v1/applications"},
          {"getApplication", "/v1/applications/A-1"},
          {"listLots", "/v1/lots"},
          {"getLot", "/v1/lots/LOT-1"},
          {"listBalances", "/v1/balances"},
          {"listConsignments", "/v1/consignments"},
          {"getConsignment", "/v1/consignments/C-1"},
          {"matchPaper", "/v1/consignments/C-1/paper-match"},
          {"listSales", "/v1/sales"},
          {"getSale", "/v1/sales/SALE-1"},
          {"listBorderCases", "/v1/border-cases"},
          {"getBorderCase", "/v1/border-cases/PEN-1"},
          {"readBorderNotice", "/v1/border-cases/PEN-1/partner/" + border_token()},
          {"listObligations", "/v1/obligations"},
          {"listFindings", "/v1/findings"},
          {"getFinding", "/v1/findings/" + finding},
          {"traceLot", "/v1/trace/lots/LOT-1"},
          {"getLotBundle", "/v1/trace/lots/LOT-1/bundle"},
          {"traceConsignment", "/v1/trace/consignments/C-1?direction=backwards"},
          {"listMassBalances", "/v1/mass-balance?party=maker-1&from=2026-03-01&to=2026-03-31"},
          {"localiseFinding", "/v1/findings/" + finding + "/localisation"},
          {"listSubstances", "/v1/substances"},
          {"getSubstance", "/v1/substances/CN2-02"},
          {"listRegions", "/v1/regions"},
          {"listPermitKinds", "/v1/permit-kinds"},
          {"listRules", "/v1/rules"},
          {"getProblemPage", "/problems/permit-exhausted"},
          {"getCaseBoard", "/v1/case-board"},
          {"getCoverage", "/v1/coverage"},
          {"getEditions", "/v1/editions"},
          {"listInspections", "/v1/inspections"},
          {"listNamed", "/v1/named"},
          {"listPartyKinds", "/v1/party-kinds"},
          {"listReports", "/v1/reports"},
          {"listSeizures", "/v1/seizures"},
          {"listStops", "/v1/stops"},
          {"matchSubstance", "/v1/substance-match?cas=108-24-7"},
          {"streamChanges", "/v1/stream?from=0&follow=no"},
          {"getStatus", "/v1/status"},
          {"getHealth", "/healthz"},
          {"getReadiness", "/readyz"},
          {"getMetrics", "/metrics"},
          {"getOpenApi", "/openapi.json"}};
}

/// Paths and operations that the document describes for GET.
std::map<std::string, std::string> documented(City& city) {
  std::map<std::string, std::string> out;
  const Json document = city.get("/openapi.json").json();
  for (const auto& [path, methods] : document["paths"].items())
    if (methods.contains("get")) out[text(methods["get"], "operationId")] = path;
  return out;
}

std::string fill(std::string path, const std::string& value) {
  for (auto open = path.find('{'); open != path.npos; open = path.find('{'))
    path.replace(open, path.find('}', open) - open + 1, value);
  return path;
}

std::vector<std::string> field_of_all(City& city, std::string path, const char* field) {
  std::vector<std::string> out;
  for (int pages = 0; pages < 100; ++pages) {
    const Answer answer = city.get(path);
    const Json body = answer.json();
    for (const Json& row : body["data"])
      out.push_back(row[field].is_string() ? row[field].get<std::string>() : row[field].dump());
    CHECK(body["has_more"] == !body["next_cursor"].is_null());
    CHECK(body["has_more"] == !answer.link.empty());
    if (body["next_cursor"].is_null()) return out;
    path = answer.link.substr(1, answer.link.find('>') - 1);
  }
  return out;
}

}  // namespace

TEST_CASE("Every documented read has a good answer for the regulator") {
  City& city = traded_city();
  const auto good = good_requests(city);
  for (const auto& [operation, path] : documented(city)) {
    INFO(operation << " " << path);
    // A token is no session: session_test.cpp.
    if (operation == "getSession") continue;
    // For units and auditors: watched_test.cpp.
    if (operation == "listAccesses" || operation == "getAccessLogHead") continue;
    REQUIRE(good.contains(operation));
    const Answer answer = city.get(good.at(operation));
    INFO(answer.body.substr(0, 300));
    CHECK(answer.status == 200);
  }
}

TEST_CASE("What is not there is 404, and a bad parameter 400, on every route") {
  City& city = traded_city();
  for (const auto& [operation, path] : documented(city)) {
    INFO(operation << " " << path);
    if (path.find('{') != path.npos) CHECK(city.get(fill(path, "no-such-thing")).status == 404);
    if (path.find('{') != path.npos) CHECK(city.get(fill(path, "%E6%97%A0")).status == 404);
    const Answer bad = city.get(fill(path, "x") + "?colour=red");
    CHECK(bad.says().starts_with("400 bad-parameter query/colour:unknown_parameter"));
  }
}

TEST_CASE("Lists refuse bad limits, foreign cursors and values that are not allowed") {
  City& city = traded_city();
  CHECK(city.get("/v1/parties?limit=0").says() == "400 bad-parameter query/limit:out_of_range");
  CHECK(city.get("/v1/parties?limit=201").says() == "400 bad-parameter query/limit:out_of_range");
  CHECK(city.get("/v1/parties?limit=ten").says() == "400 bad-parameter query/limit:bad_integer");
  CHECK(city.get("/v1/parties?cursor=abc").says() == "400 bad-cursor query/cursor");
  CHECK(city.get("/v1/parties?status=happy").says() == "400 bad-parameter query/status:not_allowed");
  CHECK(city.get("/v1/parties?region=3x").says() == "400 bad-parameter query/region:bad_region");
  CHECK(city.get("/v1/parties?name=").says() == "400 bad-parameter query/name:empty");
  const std::string cursor = text(city.get("/v1/parties?limit=1").json(), "next_cursor");
  CHECK(city.get("/v1/parties?limit=1&region=36&cursor=" + cursor).says() == "400 bad-cursor query/cursor");
  CHECK(city.get("/v1/sales?limit=1&cursor=" + cursor).says() == "400 bad-cursor query/cursor");
}

TEST_CASE("Pages of one row together give the list, without gaps and repeats") {
  City& city = traded_city();
  const std::pair<const char*, const char*> lists[] = {
      {"/v1/parties", "id"},       {"/v1/permits", "no"},
      {"/v1/entries", "index"},    {"/v1/entries?order=newest", "index"},
      {"/v1/sales", "id"},         {"/v1/sales?party=user-1", "id"},
      {"/v1/consignments", "id"},  {"/v1/consignments?party=carrier-1", "id"},
      {"/v1/obligations", "id"},   {"/v1/obligations?state=closed", "id"},
      {"/v1/balances", "account"}, {"/v1/permits/B-1/statement", "index"},
      {"/v1/permit-kinds", "code"}};
  for (const auto& [path, field] : lists) {
    INFO(path);
    const std::string list = path;
    const std::string join = list.find('?') == list.npos ? "?" : "&";
    const auto all = field_of_all(city, list + join + "limit=200", field);
    CHECK(all.size() > 1);
    CHECK(field_of_all(city, list + join + "limit=1", field) == all);
  }
}

TEST_CASE("Entries come from either end of the log") {
  City& city = traded_city();
  auto oldest = field_of_all(city, "/v1/entries?limit=200", "index");
  const auto newest = field_of_all(city, "/v1/entries?limit=200&order=newest", "index");
  std::reverse(oldest.begin(), oldest.end());
  CHECK(oldest == newest);
  CHECK(city.get("/v1/entries?order=random").says() == "400 bad-parameter query/order:not_allowed");
}

TEST_CASE("An empty list is a list") {
  City& city = traded_city();
  for (const char* path : {"/v1/findings?kind=no-such-kind", "/v1/sales?party=ps-jx", "/v1/lots?substance=CN1-01",
                           "/v1/permits?number=ZZZ", "/v1/entries?party=nobody", "/v1/consignments?party=nobody"}) {
    const Answer answer = city.get(path);
    CHECK(answer.status == 200);
    CHECK(answer.json() == Json{{"data", Json::array()}, {"next_cursor", nullptr}, {"has_more", false}});
  }
}

TEST_CASE("Filters narrow a list to what was asked for") {
  City& city = traded_city();
  CHECK(field_of_all(city, "/v1/parties?kind=carrier", "id") == std::vector<std::string>{"carrier-1"});
  CHECK(field_of_all(city, "/v1/parties?region=3601", "id") == std::vector<std::string>{"user-1"});
  CHECK(field_of_all(city, "/v1/parties?name=%E5%85%AC%E5%AE%89", "id") == std::vector<std::string>{"ps-jx"});
  CHECK(field_of_all(city, "/v1/permits?number=T-", "no") == std::vector<std::string>{"T-1"});
  CHECK(field_of_all(city, "/v1/permits?state=partly_used", "no") == std::vector<std::string>{"B-1", "T-1"});
  CHECK(field_of_all(city, "/v1/permits?state=issued&substance=CN2-02", "no") == std::vector<std::string>{"L-1"});
  CHECK(field_of_all(city, "/v1/permits?lot=LOT-1", "no") == std::vector<std::string>{"B-1", "T-1"});
  CHECK(field_of_all(city, "/v1/permits?lot=LOT-2", "no").empty());
  CHECK(field_of_all(city, "/v1/permits?vehicle=%E8%B5%A3J12345", "no") == std::vector<std::string>{"B-1", "T-1"});
  CHECK(field_of_all(city, "/v1/permits?vehicle=%E8%B5%A3J99999", "no").empty());
  CHECK(field_of_all(city, "/v1/consignments?state=accepted", "id") == std::vector<std::string>{"C-1"});
  CHECK(field_of_all(city, "/v1/sales?party=user-1&state=confirmed", "id") == std::vector<std::string>{"SALE-2"});
  CHECK(field_of_all(city, "/v1/obligations?kind=receive", "party") == std::vector<std::string>{"user-1"});
  CHECK(field_of_all(city, "/v1/balances?where=transit", "transit") == std::vector<std::string>{"C-2"});
  CHECK(field_of_all(city, "/v1/balances?party=user-1", "site") == std::vector<std::string>{"S-user-1"});
  CHECK(field_of_all(city, "/v1/lots?party=user-1", "id") == std::vector<std::string>{"LOT-1"});
}

TEST_CASE("Amounts, times and lists have one form everywhere") {
  City& city = traded_city();
  const Json sale = city.get("/v1/sales/SALE-2").json();
  CHECK(sale["amount"] == Json{{"amount", 40'000'000}, {"unit", "mg"}, {"text", "40 kg"}});
  CHECK(sale["exemption"] == "");
  const Json party = city.get("/v1/parties/maker-1").json();
  CHECK(party["kinds"] == Json::array({"producer", "trader"}));
  CHECK(party["name"] == "萍乡化工 maker-1");
  const Json consignment = city.get("/v1/consignments/C-2").json();
  CHECK(consignment["dispatched_at"] == "2026-03-02T02:00:00.000Z");
  CHECK(consignment["counted"].is_null());
  CHECK(consignment["lines"][0]["shipped"]["text"] == "31.337 kg");
  CHECK(consignment["lines"][0]["counted"].is_null());
  CHECK(consignment["vehicle"] == "赣J12345");
}

TEST_CASE("A lot is traced from hand to hand, and the book of a party closes") {
  City& city = traded_city();
  const Json trace = city.get("/v1/trace/lots/LOT-1").json();
  CHECK(trace["edges"][0]["type"] == "stock.open");
  CHECK(trace["edges"][0]["amount"]["text"] == "500 kg");
  CHECK(trace["truncated"] == false);
  const Json line = city.get("/v1/mass-balance?party=user-1&substance=CN2-02").json()["data"].at(0);
  CHECK(line["columns"]["received"]["text"] == "20 kg");
  CHECK(line["closing"]["text"] == "20 kg");
  CHECK(line["residual"]["amount"] == 0);
  const Json ledger = city.get("/v1/mass-balance?scope=ledger&prove=1").json()["data"];
  REQUIRE_FALSE(ledger.empty());
  for (const Json& each : ledger) CHECK(each.at("sum_of_all_accounts") == 0);
  CHECK(city.get("/v1/mass-balance?prove=2").status == 400);
  CHECK(city.get("/v1/mass-balance?from=yesterday").says() == "400 bad-parameter query/from:bad_date");
  CHECK(city.get("/v1/trace/lots/LOT-1?as_of=now").says() == "400 bad-parameter query/as_of:bad_time");
  CHECK(city.get("/v1/trace/lots/LOT-1", "officer-maker-1").says() == "403 forbidden");
}

TEST_CASE("A permit's statement leads from the grant to what is left") {
  City& city = traded_city();
  const Json permit = city.get("/v1/permits/B-1").json();
  CHECK(permit["state"] == "partly_used");
  const Json amounts = permit["amounts"][0];
  CHECK(amounts["granted"]["text"] == "100 kg");
  CHECK(amounts["used"]["text"] == "20 kg");
  CHECK(amounts["held"]["text"] == "40 kg");
  CHECK(amounts["left"]["text"] == "40 kg");
  const Json statement = city.get("/v1/permits/B-1/statement").json()["data"];
  CHECK(statement.front()["from"] == "granted");
  CHECK(statement.front()["type"] == "permit.issue");
  CHECK(statement.front()["left"]["text"] == "100 kg");
  CHECK(statement.back()["left"] == amounts["left"]);
  CHECK(statement.back()["held"] == amounts["held"]);
  CHECK(statement.back()["used"] == amounts["used"]);
}

TEST_CASE("A statement comes as one file with every entry behind it, its proof and its keys") {
  City& city = traded_city();
  const Json bundle = city.get("/v1/permits/B-1/bundle").json();
  CHECK(bundle["format"] == "tallystick.statement/v1");
  // Granted, two sales, one acceptance.
  REQUIRE(bundle["entries"].size() == 4);
  for (const Json& entry : bundle["entries"]) {
    CHECK(entry["payload"].is_string());
    CHECK(entry["outcome"].is_string());
    CHECK(text(entry, "receipt").find("registry.example/city-1") != std::string::npos);
  }
  CHECK(bundle["keys"].size() >= 3);
  CHECK(city.get("/v1/permits/B-1/bundle", "officer-other-1").says() == "404 not-found");
  // The buyer may not know what is on the road to it; that shows in no entry of its purchase paper.
  CHECK(city.get("/v1/permits/B-1/bundle", "officer-user-1").json()["entries"].size() == 4);
}

TEST_CASE("The trace of a lot comes as one file too, refused whole where the trace goes on") {
  City& city = traded_city();
  const Json bundle = city.get("/v1/trace/lots/LOT-1/bundle").json();
  CHECK(bundle["format"] == "tallystick.trace/v1");
  CHECK(bundle["lot"] == "LOT-1");
  REQUIRE(bundle["entries"].size() >= 3);
  for (const Json& entry : bundle["entries"]) {
    CHECK(entry["payload"].is_string());
    CHECK(text(entry, "receipt").find("registry.example/city-1") != std::string::npos);
  }
  CHECK(bundle["keys"].size() >= 2);
  CHECK(city.get("/v1/trace/lots/LOT-1/bundle?hops=1").says() == "409 trace-too-long");
  CHECK(city.get("/v1/trace/lots/NO-LOT/bundle").status == 404);
  CHECK(city.get("/v1/trace/lots/LOT-1/bundle", "officer-maker-1").says() == "403 forbidden");
}

TEST_CASE("A statement with more entries than one file holds is refused whole") {
  const auto reader = traded_city().registry().read();
  registry::Permit permit;
  permit.no = "B-1";
  permit.issued = 0;
  const auto all = registry::statement_entries(*reader, permit, 5'000);
  REQUIRE(all);
  REQUIRE(all->size() > 2);
  CHECK(registry::statement_entries(*reader, permit, all->size()));
  const auto refused = registry::statement_entries(*reader, permit, all->size() - 1);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().rule == "statement-too-long");
}

TEST_CASE("Transport and paper are compared in the seven fields of article 41") {
  City& city = traded_city();
  const Json match = city.get("/v1/consignments/C-2/paper-match").json();
  CHECK(match["permit"] == "T-1");
  REQUIRE(match["fields"].size() == 7);
  for (const Json& field : match["fields"]) {
    INFO(field.dump());
    CHECK(field["state"] == "equal");
  }
  CHECK(match["fields"][1]["fact"] == "31.337 kg CN2-02");
  const Json blind = city.get("/v1/consignments/C-2/paper-match", "officer-user-1").json();
  CHECK(blind["fields"][1]["fact"].is_null());
  CHECK(blind["fields"][1]["state"].is_null());
  CHECK(blind["fields"][5]["fact"] == "carrier-1");
}

TEST_CASE("An application is seen by who applied and by who decides") {
  City& city = traded_city();
  const Json application = city.get("/v1/applications/A-1", "officer-user-1").json();
  CHECK(application["state"] == "open");
  CHECK(application["lines"][0]["amount"]["text"] == "7 kg");
  CHECK(city.get("/v1/applications?state=open").json()["data"].size() == 1);
  CHECK(city.get("/v1/applications/A-1", "officer-other-1").says() == "404 not-found");
  CHECK(city.get("/v1/applications", "officer-other-1").json()["data"].empty());
}

TEST_CASE("A statement sums to zero once the permit is closed") {
  City city;
  city.open_trade();
  city.must(city.user, "permit.close", {{"permit", "B-1"}, {"statement", "未使用"}});
  const Json last = city.get("/v1/permits/B-1/statement").json()["data"].back();
  CHECK(last["to"] == "lapsed");
  CHECK(last["left"]["amount"] == 0);
  CHECK(last["held"]["amount"] == 0);
  CHECK(city.get("/v1/permits/B-1").json()["state"] == "closed");
  city.go_to(city.now().plus_ms(std::int64_t{400} * 86'400'000));
  CHECK(city.get("/v1/permits/T-1").json()["state"] == "expired");
  CHECK(city.get("/v1/permits?state=expired").json()["data"].size() == 1);
}

TEST_CASE("An answer that has not changed is not sent again") {
  City& city = traded_city();
  const Answer first = city.get("/v1/parties/maker-1");
  REQUIRE(!first.etag.empty());
  CHECK(city.link().get("/v1/parties/maker-1", "regulator", first.etag).status == 304);
}
