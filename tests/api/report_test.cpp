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

/// A city whose maker used 20 kg on 5 March, wrote it on the 10th with a count of the 9th, and then used 5 kg; its sale
/// of 20 kg has arrived, and 31.337 kg are on the road.
struct Year {
  City city;
  std::int64_t use = 0, late = 0;

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
              {{"site", "S-maker-1"}, {"lines", Json::array({line("420")})}, {"counted_on", "2026-03-09"}});
    late = index(city.must(city.maker, "use.record",
                           {{"site", "S-maker-1"},
                            {"lot", "LOT-1"},
                            {"quantity", quantity("5")},
                            {"purpose", "乙酰化"},
                            {"used_on", "2026-03-10"}}));
  }
  /// Two days later: it was 4 kg.
  std::int64_t correct() {
    city.go_to(*UtcTime::parse("2026-03-12T02:00:00.000Z"));
    return index(city.must(city.maker, "entry.correct",
                           {{"entry", late}, {"reason", "录入错误"}, {"lines", Json::array({line("4")})}}));
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
  CHECK(shown(line, "opening") == "0 mg");
  CHECK(shown(line, "opened") == "500 kg");
  CHECK(shown(line, "dispatched") == "51.337 kg");
  CHECK(shown(line, "used") == "25 kg");
  CHECK(shown(line, "count_shortage") == "8.663 kg");
  CHECK(shown(line, "closing") == "415 kg");
  CHECK(shown(line, "residual") == "0 mg");
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
      for (const char* kind : {"city", "form-d"}) f(report(kind, std::string("&region=36") + at + "&format=" + format));
    }
  };
  all([&](const std::string& path) {
    const Answer answer = year.city.get(path);
    INFO(path << " " << answer.body.substr(0, 300));
    REQUIRE(answer.status == 200);
    before[path] = answer.body;
  });
  year.correct();
  year.city.go_to(*UtcTime::parse("2026-04-01T02:00:00.000Z"));
  year.city.count("C-2", "30");
  year.city.sell("SALE-3", "10");
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
  REQUIRE(uses.size() == 2);
  CHECK(uses[0]["purpose"] == "=cmd|乙酰化");
  CHECK(rows(year.made("/v1/reports/use-ledger?period=2026-02&party=maker-1"), "lines").empty());
  const Json count = rows(year.made(report("count-sheet")), "lines");
  REQUIRE(count.size() == 1);
  CHECK(shown(count[0], "book") == "428.663 kg");
  CHECK(shown(count[0], "counted") == "420 kg");
  CHECK(shown(count[0], "difference") == "-8.663 kg");
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
  CHECK(county["known"] == 3);
  CHECK(county["registered_rate"] == "100.0 %");
  CHECK(county["verified_rate"] == "100.0 %");
  CHECK(county["trained"] == 0);
  CHECK(shown(row(made, "movements", "region", "360302"), "closing") == "415 kg");
  const Json zero = row(made, "zero_diversion", "substance", "CN2-02");
  CHECK(shown(zero, "residual") == "0 mg");
  CHECK(zero["verdict"] == "有不明差异 unaccounted for");
  CHECK(row(made, "findings", "region", "360302")["open"].get<int>() > 0);
  CHECK(row(made, "write_offs", "region", "360302")["valid"] == 2);
}

TEST_CASE("report: the city's rates name every exception behind them", "[api][reports]") {
  Year year;
  const std::string path = "/v1/reports/city?period=2026-03&region=3603";
  City& city = year.city;
  city.must(city.maker, "party.name", {{"what", "unit"}, {"name", "无名化工"}, {"uscc", "91360302MA35K00019"}});
  city.must(city.maker, "report.file",
            {{"kind", "training"}, {"about", "PX-1"}, {"hash", std::string(64, 'a')}, {"at_index", 1}});
  const Json made = year.made(path);
  const Json county = row(made, "coverage", "region", "360302");
  CHECK(county["known"] == 4);
  CHECK(county["registered_rate"] == "75.0 %");
  CHECK(county["unknown_units"] == 1);
  CHECK(county["trained"] == 1);
  CHECK(county["trained_rate"] == "33.3 %");
  CHECK(row(year.made(report("annual")), "trainings", "training", "PX-1")["party"] == "maker-1");
  const Json exception = row(made, "exceptions", "name", "无名化工");
  CHECK(exception["exception"] == "未入网 not registered");
  CHECK(exception["named_by"] == "maker-1");
  // Every plate that no unit has added stands there too.
  CHECK(rows(made, "exceptions").size() == static_cast<std::size_t>(1 + county["unknown_plates"].get<int>()));
}

TEST_CASE("report: form D adds up what was used and what went missing, of precursors alone", "[api][reports]") {
  Year year;
  const Json made = year.made("/v1/reports/form-d?period=2026&region=36");
  CHECK(made["title"] == "1988年公约表格D数据（格式待确认）");
  const Json used = row(made, "uses", "substance", "CN2-02");
  CHECK(used["table"] == "I");
  CHECK(shown(used, "amount") == "25 kg");
  const Json missing = row(made, "diversions", "kind", "count-shortage");
  CHECK(missing["party"] == "maker-1");
  CHECK(rows(made, "seizures").empty());
  CHECK(rows(made, "trade").empty());
}

TEST_CASE("report: an officer makes those of its own party alone, and learns nothing early", "[api][reports]") {
  Year year;
  CHECK(year.city.get(report("annual", ""), "officer-maker-1").json()["party"] == "maker-1");
  CHECK(year.city.get(report("annual", "&party=user-1"), "officer-maker-1").status == 404);
  CHECK(year.city.get(report("city", "&region=36"), "officer-maker-1").status == 404);
  const Answer blind = year.city.get(report("annual", ""), "officer-user-1");
  CHECK(blind.body.find("31.337") == blind.body.npos);
  CHECK(blind.body.find("31337000") == blind.body.npos);
  // What it bought it knows: it confirmed the sale.
  CHECK(shown(row(blind.json(), "permits", "permit", "B-1"), "held") == "40 kg");
  CHECK(year.city.get(report("annual"), "bureau").status == 403);
}

TEST_CASE("report: says what is wrong with the question", "[api][reports]") {
  City& city = traded_city();
  CHECK(city.get("/v1/reports/weekly?period=2026&party=maker-1").status == 404);
  CHECK(city.get("/v1/reports/annual?period=2026").says() == "400 bad-parameter query/party:empty");
  CHECK(city.get("/v1/reports/city?period=2026").says() == "400 bad-parameter query/region:empty");
  CHECK(city.get("/v1/reports/annual?period=year&party=maker-1").says() == "400 bad-parameter query/period:bad_period");
  CHECK(city.get("/v1/reports/annual?period=2026&party=nobody").says() == "404 not-found");
  CHECK(city.get(report("annual", "&party=maker-1&known_at=999999")).says() == "422 known-at-unknown");
  CHECK(city.get(report("annual", "&party=maker-1&format=pdf")).says() == "400 bad-parameter query/format:not_allowed");
}

TEST_CASE("correction: original, correction and reason are shown together, in reads and in reports", "[api][reports]") {
  Year year;
  const std::int64_t by = year.correct();
  const std::string original = "/v1/entries/" + std::to_string(year.late);
  const std::string correction = "/v1/entries/" + std::to_string(by);
  CHECK(year.made(original)["corrected"] == year.made(correction)["corrected"]);
  CHECK(year.made(original, "officer-maker-1")["corrected"]["reason"] == "录入错误");
  CHECK(year.made(original)["corrected"]["original"]["index"] == year.late);
  CHECK(year.made(original)["corrected"]["correction"]["payload"]["lines"].size() == 1);
  CHECK(year.made("/v1/entries/" + std::to_string(year.use))["corrected"].is_null());
  for (const char* kind : {"annual", "monthly", "stock-ledger", "use-ledger", "corrections"}) {
    INFO(kind);
    const Json made = row(year.made(report(kind)), "corrections", "original", year.late);
    CHECK(made["correction"] == by);
    CHECK(made["reason"] == "录入错误");
    CHECK(made["original_moves"] == "LOT-1 site:S-maker-1 -> used 5 kg");
  }
  const Json ledger = year.made(report("stock-ledger"));
  CHECK(row(ledger, "lines", "index", year.late)["corrected_by"] == by);
  CHECK(row(ledger, "lines", "index", by)["corrects"] == year.late);
  // It happened when what it corrects did.
  CHECK(row(ledger, "lines", "index", by)["date"] == "2026-03-10");
  CHECK(shown(row(year.made(report("annual")), "substances", "substance", "CN2-02"), "used") == "24 kg");
}
