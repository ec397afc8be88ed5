#include "tests/unit/service/city_year.h"

#include <catch2/catch.hpp>

#include "registry/service/rejudge.h"

namespace service_test {

TEST_CASE("a year of a city across the change of the catalogue: every decision cites the version in force",
          "[service]") {
  CityYear city;
  city.live();
  const auto reader = city.store().begin_read();
  INFO(reader->state().size << " entries");
  CHECK(reader->state().size > 1'200);
  for (const char* type : {"production.record", "sale.record", "transfer.carry", "transfer.accept", "use.record",
                           "stock.count", "permit.issue", "party.verify"})
    CHECK(city.types.contains(type));

  CHECK(city.wrong_editions == std::vector<std::string>{});
  const std::string before(CityYear::rules().on(Date::of(2024, 8, 31)).edition());
  const std::string after(CityYear::rules().on(Date::of(2024, 9, 1)).edition());
  REQUIRE(before != after);
  CHECK(after == "cn/2024-09-01");
  CHECK(city.refusals.contains(before + " substance-not-in-force"));
  CHECK_FALSE(city.refusals.contains(after + " substance-not-in-force"));
  for (const std::string& edition : {before, after}) {
    CHECK(city.refusals.contains(edition + " transport-permit-required"));
    CHECK(city.refusals.contains(edition + " needs-second-signature"));
  }

  const auto scratch = SqliteStore::scratch();
  const RejudgeReport report = rejudge(*reader, *scratch, CityYear::rules());
  CHECK(report.entries == reader->state().size);
  for (const Rejudged& each : report.different) UNSCOPED_INFO(each.index << " " << each.type << " " << each.says);
  CHECK(report.different.empty());
  std::map<std::string, std::int64_t> judged;
  for (const EditionCount& each : report.editions) judged[each.edition] = each.entries;
  CHECK(judged == city.decided);
}

}  // namespace service_test
