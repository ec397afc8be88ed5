#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/api/city.h"

using namespace city;
using namespace registry;

namespace {

constexpr const char* kPartyKinds[] = {"annual",       "monthly",     "sales-filings", "sales-ledger", "use-ledger",
                                       "stock-ledger", "count-sheet", "write-offs",    "corrections"};

std::string report(const std::string& kind, const std::string& more = "&party=maker-1") {
  return "/v1/reports/" + kind + "?period=2026" + more;
}

Json rows(const Json& made, const char* table) {
  for (const Json& each : made["tables"])
    if (each["name"] == table) return each["rows"];
  return Json();
}

/// The one row in which a column has a value.
Json row(const Json& made, const char* table, const char* column, const Json& value) {
  for (const Json& each : rows(made, table))
    if (each[column] == value) return each;
  return Json();
}

std::string shown(const Json& row, const char* column) {
  return row.contains(column) && row[column].is_object() ? text(row[column], "text") : "nothing";
}

/// A city whose maker used 20 kg on 5 March, wrote it on the 10th and put it right to 15 kg on the 12th; its sale of 20
/// kg has arrived, and 31.337 kg are on the road.
struct Year {
  City city;
  std::int64_t use = 0, correction = 0;

  Year() {
    city.open_trade();
    city.sell("SALE-1", "20");
    city.dispatch("C-1", "SALE-1", "20");
    city.count("C-1", "20");
    city.must(city.user, "transfer.accept", {{"consignment", "C-1"}});
    city.sell("SALE-2", "40");
    city.dispatch("C-2", "SALE-2", "31.337");
    city.go_to(*UtcTime::parse("2026-03-10T02:00:00.000Z"));
    use = index(city.must(city.maker, "use.record",
                          {{"site", "S-maker-1"},
                           {"lot", "LOT-1"},
                           {"quantity", quantity("20")},
                           {"purpose", "=cmd|乙酰化"},
                           {"used_on", "2026-03-05"}}));
    city.must(city.maker, "stock.count",
              {{"site", "S-maker-1"}, {"lines", Json::array({line("428")})}, {"counted_on", "2026-03-09"}});
  }
  void correct() {
    city.go_to(*UtcTime::parse("2026-03-12T02:00:00.000Z"));
    // Not of the lot that was counted since: what was counted stays counted.
    correction = index(city.must(city.maker, "entry.correct",
                                 {{"entry", use}, {"reason", "录入错误"}, {"lines", Json::array({line("15")})}}));
  }
  static Json line(const char* kg) { return {{"lot", "LOT-1"}, {"quantity", quantity(kg)}}; }
  static std::int64_t index(const Json& answer) { return answer["index"].get<std::int64_t>(); }
  Json made(const std::string& path, const std::string& token = "regulator") { return city.get(path, token).json(); }
};

}  // namespace

TEST_CASE("report: the year of a party balances, line by line", "[api][reports]") {
  Year year;
  const Json made = year.made(report("annual"));
  const Json line = row(made, "substances", "substance", "CN2-02");
  CHECK(shown(line, "opening") == "0 kg");
  CHECK(shown(line, "opened") == "500 kg");
  CHECK(shown(line, "dispatched") == "51.337 kg");
  CHECK(shown(line, "used") == "20 kg");
  CHECK(shown(line, "count_shortage") == "663 g");
  CHECK(shown(line, "closing") == "428 kg");
  CHECK(shown(line, "residual") == "0 kg");
  CHECK(shown(line, "on_road") == "31.337 kg");
  const Json partner = row(made, "partners", "party", "user-1");
  CHECK(shown(partner, "amount") == "51.337 kg");
  CHECK(row(made, "permits", "permit", "T-1")["written_off"] == "否 no");
  CHECK(shown(row(made, "permits", "permit", "T-1"), "used") == "20 kg");
}

TEST_CASE("report: states ledger, party, period, index and root hash", "[api][reports]") {
  Year year;
  const Json made = year.made(report("monthly"));
  const LogState state = year.city.registry().status().state;
  CHECK(made["ledger"] == City::kLedger);
  CHECK(made["party"] == "maker-1");
  CHECK(made["period"] == "2026-01-01/2026-12-31");
  CHECK(made["known_at"] == std::to_string(state.size - 1));
  CHECK(made["root"] == state.root.hex());
  CHECK(made["title"] == "月报");
  CHECK(year.made(report("monthly", "&party=maker-1&lang=en"))["title"] == "Monthly report");
}

TEST_CASE("report: with the same index it is the same, byte for byte, whatever came since", "[api][reports]") {
  Year year;
  const std::string at = "&known_at=" + std::to_string(year.city.log_size() - 1);
  std::map<std::string, std::string> before;
  const auto all = [&](auto&& f) {
    for (const char* format : {"json", "csv", "xlsx"}) {
      for (const char* kind : kPartyKinds) f(report(kind, "&party=maker-1" + at + "&format=" + format));
      f(report("city", "&region=36" + at + "&format=" + format));
    }
  };
  all([&](const std::string& path) {
    const Answer answer = year.city.get(path);
    INFO(path << " " << answer.body.substr(0, 300));
    REQUIRE(answer.status == 200);
    before[path] = answer.body;
  });
  year.city.go_to(*UtcTime::parse("2026-04-01T02:00:00.000Z"));
  year.city.count("C-2", "30");
  year.city.sell("SALE-3", "10");
  year.city.must(year.city.maker, "party.register", {});
  all([&](const std::string& path) {
    INFO(path);
    CHECK(year.city.get(path).body == before[path]);
  });
}

TEST_CASE("report: ledgers go by the day on which it happened, with its balance and who signed", "[api][reports]") {
  Year year;
  const Json made = year.made(report("stock-ledger"));
  const Json used = row(made, "lines", "index", year.use);
  CHECK(used["date"] == "2026-03-05");
  CHECK(shown(used, "out") == "20 kg");
  CHECK(shown(used, "balance") == "428.663 kg");
  CHECK(row(made, "lines", "consignment", "C-1")["partner"] == "user-1");
  const Json uses = rows(year.made(report("use-ledger")), "lines");
  REQUIRE(uses.size() == 1);
  CHECK(uses[0]["purpose"] == "=cmd|乙酰化");
  CHECK(rows(year.made("/v1/reports/use-ledger?period=2026-02&party=maker-1"), "lines").empty());
  const Json count = rows(year.made(report("count-sheet")), "lines");
  REQUIRE(count.size() == 1);
  CHECK(shown(count[0], "book") == "428.663 kg");
  CHECK(shown(count[0], "counted") == "428 kg");
  CHECK(shown(count[0], "difference") == "-663 g");
}

TEST_CASE("report: no cell of a csv file is a formula", "[api][reports]") {
  Year year;
  const Answer answer = year.city.get(report("use-ledger", "&party=maker-1&format=csv"));
  CHECK(answer.type == "text/csv; charset=utf-8");
  CHECK(answer.body.starts_with("\xef\xbb\xbf使用台账,"));
  CHECK(answer.body.find(",'=cmd|乙酰化,") != answer.body.npos);
}

TEST_CASE("report: sales stand with their papers, and were filed in time", "[api][reports]") {
  Year year;
  const Json sale = row(year.made(report("sales-ledger")), "sales", "sale", "SALE-1");
  CHECK(sale["buyer"] == "user-1");
  CHECK(sale["permit"] == "B-1");
  CHECK(shown(sale, "left") == "80 kg");
  CHECK(sale["payment"] == "transfer");
  CHECK(sale["consignments"] == "C-1");
  CHECK(sale["transport_papers"] == "T-1");
  const Json filing = row(year.made(report("sales-filings")), "filings", "sale", "SALE-1");
  CHECK(filing["rule"] == "445-19-b");
  CHECK(filing["due"] == "2026-04-01");
  CHECK(filing["in_time"] == "按期 yes");
}

TEST_CASE("report: the city's month ends on the 25th and shows every county", "[api][reports]") {
  Year year;
  const Json made = year.made("/v1/reports/city?period=2026-03&region=3603");
  CHECK(made["period"] == "2026-02-26/2026-03-25");
  const Json county = row(made, "coverage", "region", "360302");
  CHECK(county["registered"] == 3);
  CHECK(county["verified_rate"] == "100.0 %");
  CHECK(shown(row(made, "movements", "region", "360302"), "closing") == "428 kg");
  const Json zero = row(made, "zero_diversion", "substance", "CN2-02");
  CHECK(shown(zero, "residual") == "0 kg");
  CHECK(zero["verdict"] == "有不明差异 unaccounted for");
  CHECK(row(made, "findings", "region", "360302")["open"].get<int>() > 0);
  CHECK(row(made, "write_offs", "region", "360302")["valid"] == 2);
}

TEST_CASE("report: an officer makes those of its own party alone, and learns nothing early", "[api][reports]") {
  Year year;
  CHECK(year.city.get(report("annual", ""), "officer-maker-1").json()["party"] == "maker-1");
  CHECK(year.city.get(report("annual", "&party=user-1"), "officer-maker-1").status == 404);
  CHECK(year.city.get(report("city", "&region=36"), "officer-maker-1").status == 404);
  const Answer blind = year.city.get(report("annual", ""), "officer-user-1");
  CHECK(blind.body.find("31.337") == blind.body.npos);
  CHECK(blind.body.find("31337000") == blind.body.npos);
  CHECK(shown(row(blind.json(), "permits", "permit", "B-1"), "held") == "nothing");
  CHECK(shown(row(year.made(report("annual", "&party=user-1")), "permits", "permit", "B-1"), "held") == "40 kg");
  CHECK(year.city.get(report("annual"), "bureau").status == 403);
}

TEST_CASE("report: says what is wrong with the question", "[api][reports]") {
  City& city = traded_city();
  CHECK(city.get("/v1/reports/weekly?period=2026&party=maker-1").status == 404);
  CHECK(city.get("/v1/reports/annual?period=2026").says() == "422 bad-parameter query/party");
  CHECK(city.get("/v1/reports/city?period=2026").says() == "422 bad-parameter query/region");
  CHECK(city.get("/v1/reports/annual?period=year&party=maker-1").says() == "422 bad-parameter query/period");
  CHECK(city.get("/v1/reports/annual?period=2026&party=nobody").says() == "404 not-found");
  CHECK(city.get(report("annual", "&party=maker-1&known_at=999999")).says() == "422 known-at-unknown");
  CHECK(city.get(report("annual", "&party=maker-1&format=pdf")).says() == "422 bad-parameter query/format");
}
