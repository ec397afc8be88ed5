#include <stdexcept>

#include "shared_pack.h"

using namespace registry;

namespace {

std::string last_day(std::string_view rule, Date start) {
  return local_date(pack().due(pack().deadline(rule), start).plus_ms(-1)).str();
}

constexpr std::int64_t kKg = 1'000'000, kGramUg = 1'000'000;

}  // namespace

TEST_CASE("deadlines: the day of the event is day 0 and the last day counts whole", "[rules][deadlines]") {
  CHECK(last_day("445-19-a", Date::of(2026, 3, 1)) == "2026-03-06");
  CHECK(last_day("445-19-b", Date::of(2026, 3, 1)) == "2026-03-31");
  CHECK(last_day("445-36", Date::of(2025, 12, 31)) == "2026-03-31");
  CHECK(last_day("write-off", Date::of(2026, 1, 31)) == "2026-02-05");
  CHECK(pack().due(pack().deadline("write-off"), Date::of(2026, 1, 31)).str() == "2026-02-05T16:00:00.000Z");
}

TEST_CASE("deadlines: working days leave out weekends and holidays, and count make-up days", "[rules][deadlines]") {
  Deadline three;
  three.days = 3;
  three.working_days = true;
  const auto last = [&](Date start) { return local_date(pack().due(three, start).plus_ms(-1)).str(); };
  CHECK(last(Date::of(2026, 3, 5)) == "2026-03-10");
  CHECK(last(Date::of(2026, 9, 30)) == "2026-10-10");
  CHECK(last(Date::of(2026, 2, 12)) == "2026-02-24");
  CHECK(last(Date::of(2027, 3, 5)) == "2027-03-10");
}

TEST_CASE("deadlines: every obligation of the steps has one, an unknown id is a bug", "[rules][deadlines]") {
  for (const char* rule : {"verify-party", "write-off", "confirm-sale", "carry", "receive", "accept", "take-back"})
    CHECK(pack().deadline(rule).days > 0);
  for (const Deadline& d : pack().deadlines()) {
    CAPTURE(d.rule);
    CHECK_FALSE(d.article.empty());
    CHECK_FALSE(d.name_zh.empty());
    CHECK_FALSE(d.name_en.empty());
  }
  CHECK_THROWS_AS(pack().deadline("no-such-rule"), std::out_of_range);
}

TEST_CASE("tolerance: liquids in bulk, solids, and nothing for medicines", "[rules][amounts]") {
  CHECK(pack().tolerance_ppm(substance("CN2-02")) == 3'000);
  CHECK(pack().tolerance_ppm(substance("CN3-05")) == 3'000);
  CHECK(pack().tolerance_ppm(substance("CN3-04")) == 1'000);
  CHECK(pack().tolerance_ppm(substance("CN1-12a")) == 1'000);
  for (const char* medicine : {"N-18", "P1-07", "P2-24"}) CHECK(pack().tolerance_ppm(substance(medicine)) == 0);
}

TEST_CASE("criminal thresholds: the figures of the interpretation", "[rules][amounts]") {
  struct Case {
    const char* code;
    std::int64_t amount;
  };
  for (const Case& c : {
           Case{"CN1-12a", kKg},
           Case{"CN1-12c", kKg},
           Case{"CN1-01", 2 * kKg},
           Case{"CN1-16", 4 * kKg},
           Case{"CN1-12d", 4 * kKg},
           Case{"CN2-02", 10 * kKg},
           Case{"CN1-03", 20 * kKg},
           Case{"CN2-01", 20 * kKg},
           Case{"CN2-04", 50 * kKg},
           Case{"CN3-01", 100 * kKg},
           Case{"CN1-17", kKg},
           Case{"CN2-12", 20 * kKg},
           Case{"N-13", 25 * kGramUg},
           Case{"N-18", 20 * kGramUg},
           Case{"N-09", 2'000},
           Case{"P2-24", 100'000 * kGramUg},
       }) {
    CAPTURE(c.code);
    CHECK(pack().criminal_threshold(substance(c.code)) == c.amount);
  }
  CHECK_FALSE(pack().criminal_threshold(substance("CN3-08")));
  CHECK_FALSE(pack().criminal_threshold(substance("N-21")));
}

TEST_CASE("loss: at the threshold it is critical, at half of it high", "[rules][amounts]") {
  const Substance& toluene = substance("CN3-01");
  CHECK(pack().severity_of_loss(toluene, 100 * kKg) == Severity::critical);
  CHECK(pack().severity_of_loss(toluene, 100 * kKg - 1) == Severity::high);
  CHECK(pack().severity_of_loss(toluene, 50 * kKg) == Severity::high);
  CHECK(pack().severity_of_loss(toluene, 50 * kKg - 1) == Severity::medium);
  CHECK(pack().severity_of_loss(toluene, kKg) == Severity::medium);
  CHECK(pack().severity_of_loss(toluene, kKg - 1) == Severity::low);
}

TEST_CASE("loss: of goods under two persons it is never low", "[rules][amounts]") {
  CHECK(pack().severity_of_loss(substance("CN1-12a"), 1) == Severity::medium);
  CHECK(pack().severity_of_loss(substance("N-21"), 1) == Severity::high);
  CHECK(pack().severity_of_loss(substance("CN3-08"), 1) == Severity::medium);
}

TEST_CASE("two persons sign for class 1, narcotics and class 1 psychotropics", "[rules][amounts]") {
  for (const char* code : {"CN1-01", "CN1-12a", "N-18", "P1-07"}) CHECK(pack().needs_two_persons(substance(code)));
  for (const char* code : {"CN2-02", "CN3-01", "P2-24"}) CHECK_FALSE(pack().needs_two_persons(substance(code)));
}
