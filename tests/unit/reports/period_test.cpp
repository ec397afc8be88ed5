#include "registry/reports/period.h"

#include <catch2/catch.hpp>

using namespace registry;

namespace {

std::string days_of(std::string_view text) {
  const auto period = parse_period(text);
  return period ? period->str() : "none";
}

}  // namespace

TEST_CASE("period: a year, a half, a quarter, a month, any days", "[reports][period]") {
  CHECK(days_of("2026") == "2026-01-01/2026-12-31");
  CHECK(days_of("2026-H1") == "2026-01-01/2026-06-30");
  CHECK(days_of("2026-H2") == "2026-07-01/2026-12-31");
  CHECK(days_of("2026-Q3") == "2026-07-01/2026-09-30");
  CHECK(days_of("2028-02") == "2028-02-01/2028-02-29");
  CHECK(days_of("2026-01-15/2026-02-14") == "2026-01-15/2026-02-14");
}

TEST_CASE("period: what is no period is none", "[reports][period]") {
  for (const char* text : {"", "26", "2026-", "2026-13", "2026-0", "2026-H3", "2026-Q5", "2026-H", "2026-Q", "2026-1",
                           "2026-02-30/2026-03-01", "2026-02-01/2026-01-01", "2026-01-01", "/", "year", "2026/2027"})
    CHECK(days_of(text) == "none");
}

TEST_CASE("period: it begins and ends at midnight in Shanghai", "[reports][period]") {
  const Period month = *parse_period("2026-03");
  CHECK(month.from().str() == "2026-02-28T16:00:00.000Z");
  CHECK(month.to().str() == "2026-03-31T16:00:00.000Z");
  CHECK(month.holds(month.from()));
  CHECK_FALSE(month.holds(month.to()));
}

TEST_CASE("period: the city's months meet on the 25th and leave no day out", "[reports][period]") {
  CHECK(period_to_25th(2026, 1).str() == "2025-12-26/2026-01-25");
  CHECK(period_to_25th(2026, 3).str() == "2026-02-26/2026-03-25");
  CHECK(period_to_25th(2026, 4).first == period_to_25th(2026, 3).last.plus_days(1));
}
