#include "registry/service/rejudge.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/unit/service/ledger.h"

namespace service_test {
namespace {

/// A year of a small city: agencies, a producer of the class that the catalogue takes in on 2024-09-01, and stock.
class Year : public Ledger {
 public:
  Year() {
    clock.set(*UtcTime::parse("2024-01-02T02:00:00.000Z"));
    open();
    REQUIRE(found(founder));
    REQUIRE(submit(plant, "party.register", unit()));
    REQUIRE(
        submit(plant, "site.add",
               {{"site", "S-PLANT"}, {"name", "库"}, {"kind", "store"}, {"region", "360302"}, {"address", "安源"}}));
  }

  void go_to(const std::string& day) { clock.set(*UtcTime::parse(day + "T02:00:00.000Z")); }

  Json unit() const {
    return {{"name", "厂"},      {"kinds", {"producer", "user"}}, {"uscc", "91360300Y123456793"}, {"region", "360302"},
            {"address", "安源"}, {"key", plant.key_json()}};
  }

  static Json kg(const char* value) { return {{"unit", "kg"}, {"value", value}}; }
  Result<Receipt> produce(const std::string& lot, const std::string& substance, const std::string& day) {
    return submit(
        plant, "production.record",
        {{"site", "S-PLANT"}, {"lot", lot}, {"substance", substance}, {"quantity", kg("5")}, {"produced_on", day}});
  }

  Hand founder{"operator", 'o'}, plant{"PLANT", 'f'};
};

/// A log with one entry changed.
class PlantedReader : public Reader {
 public:
  PlantedReader(Reader& log, EntryRow wrong) : log_(log), wrong_(std::move(wrong)) {}
  LogState state() override { return log_.state(); }
  std::optional<EntryRow> entry(std::int64_t index) override {
    return index == wrong_.index ? std::optional(wrong_) : log_.entry(index);
  }
  std::vector<EntryRow> entries(std::int64_t from, std::size_t count) override {
    auto rows = log_.entries(from, count);
    for (EntryRow& row : rows)
      if (row.index == wrong_.index) row = wrong_;
    return rows;
  }
  std::optional<std::int64_t> index_of(std::string_view chain, std::int64_t cseq) override {
    return log_.index_of(chain, cseq);
  }
  std::optional<std::int64_t> index_of(const crypto::Digest& id) override { return log_.index_of(id); }
  std::optional<Tile> tile(int level, std::uint64_t index) override { return log_.tile(level, index); }
  std::optional<CheckpointRow> checkpoint(std::optional<std::int64_t> size_max) override {
    return log_.checkpoint(size_max);
  }
  std::vector<MoveRow> moves(std::int64_t from, std::size_t count) override { return log_.moves(from, count); }
  std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys) override {
    return log_.load(table, keys);
  }
  std::vector<Row> query(std::string_view sql, std::span<const Value> values) override {
    return log_.query(sql, values);
  }

 private:
  Reader& log_;
  EntryRow wrong_;
};

std::vector<std::string> said(const RejudgeReport& report) {
  std::vector<std::string> out;
  for (const Rejudged& each : report.different)
    out.push_back(std::to_string(each.index) + " " + each.type + " " + each.edition + " " + each.says);
  return out;
}

}  // namespace

TEST_CASE("a year across the change of the catalogue: each day is judged by its own rules, then and now", "[service]") {
  Year year;
  year.go_to("2024-08-30");
  const auto early = year.produce("AP-1", "CN2-12", "2024-08-30");
  REQUIRE_FALSE(early);
  CHECK(early.error().rule == "substance-not-in-force");
  REQUIRE(year.produce("TOL-1", "CN3-01", "2024-08-30"));
  year.go_to("2024-09-01");
  const auto late = year.produce("AP-2", "CN2-12", "2024-09-01");
  REQUIRE(late);
  // From the first day of control on thirty days run to file for it; after them each lot is a finding.
  CHECK(late->outcome.find("start-production") != std::string::npos);
  std::vector<Receipt> more;
  for (const char* day : {"2024-09-15", "2024-10-20", "2024-11-11", "2024-12-31"}) {
    year.go_to(day);
    const auto made = year.produce(std::string("AP-") + day, "CN2-12", day);
    REQUIRE(made);
    CHECK((made->outcome.find("produced-without-permit") != std::string::npos) ==
          (std::string_view(day) > "2024-10-01"));
    more.push_back(*made);
  }

  SECTION("a refusal names the edition that refused") {
    const auto& facts = early.error().facts;
    const auto named = std::find_if(facts.begin(), facts.end(), [](const auto& f) { return f.first == "edition"; });
    REQUIRE(named != facts.end());
    CHECK(named->second == Ledger::rules().on(Date::of(2024, 8, 30)).edition());
    CHECK(named->second != Ledger::rules().on(Date::of(2024, 9, 1)).edition());
  }
  SECTION("re-judging finds every decision as it was") {
    const auto scratch = SqliteStore::scratch();
    const auto report = rejudge(*year.store().begin_read(), *scratch, Ledger::rules());
    CHECK(said(report) == std::vector<std::string>{});
    CHECK(report.entries == year.store().begin_read()->state().size);
    REQUIRE(report.editions.size() >= 2);
    CHECK(report.editions.back().edition == Ledger::rules().on(Date::of(2024, 12, 31)).edition());
  }
  SECTION("a planted outcome is named") {
    const auto scratch = SqliteStore::scratch();
    const auto reader = year.store().begin_read();
    auto wrong = *reader->entry(more.back().index);
    const std::string critical = "\"severity\":\"critical\"";
    const auto at = wrong.outcome.find(critical);
    REQUIRE(at != std::string::npos);
    wrong.outcome.replace(at, critical.size(), "\"severity\":\"low\"");
    PlantedReader planted(*reader, wrong);
    const auto report = rejudge(planted, *scratch, Ledger::rules());
    REQUIRE(report.different.size() == 1);
    CHECK(report.different.front().index == more.back().index);
    CHECK(report.different.front().edition == "cn/2024-09-01");
  }
}

}  // namespace service_test
