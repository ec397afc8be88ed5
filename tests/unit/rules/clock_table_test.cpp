#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "registry/rules/csv.h"
#include "registry/rules/escalation.h"
#include "shared_pack.h"

using namespace registry;

namespace {

const CsvTable& clocks() {
  static const CsvTable table = [] {
    std::ifstream in(std::string(TALLYSTICK_SOURCE_DIR) + "/tests/data/clocks.csv");
    std::stringstream text;
    text << in.rdbuf();
    return CsvTable::parse("clocks.csv", text.str());
  }();
  return table;
}

UtcTime moment(std::string_view text) {
  const auto time = UtcTime::parse(text);
  REQUIRE(time);
  return *time;
}

std::vector<std::string> wrong_rows() {
  std::vector<std::string> wrong;
  const CsvTable& table = clocks();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const Deadline& deadline = pack().deadline(table.at(row, "rule"));
    Obligation open;
    open.kind = deadline.rule;
    open.due = pack().due(deadline, *Date::parse(table.at(row, "start")));
    const UtcTime at = moment(table.at(row, "at"));
    const bool overdue = at >= open.due;
    const Standing standing = standing_of(pack(), open, at);
    const bool is_told = standing.step && standing.step->from_days >= 0;
    if (open.due.str() == table.at(row, "due") && overdue == (table.at(row, "overdue") == "yes") && is_told == overdue)
      continue;
    wrong.push_back(table.at(row, "rule") + ", " + table.at(row, "case") + ", " + table.at(row, "moment") + ": " +
                    open.due.str() + ", not " + table.at(row, "due"));
  }
  return wrong;
}

}  // namespace

TEST_CASE("clocks: every deadline, in every awkward place of the calendar, is due when the table says",
          "[rules][clocks]") {
  CHECK(clocks().rows() > 500);
  CHECK(wrong_rows() == std::vector<std::string>{});
}

TEST_CASE("clocks: no deadline of the pack is missing in the table; tests/data/clocks.py writes it",
          "[rules][clocks]") {
  std::map<std::string, std::set<std::string>> cases;
  for (std::size_t row = 0; row < clocks().rows(); ++row)
    cases[clocks().at(row, "rule")].insert(clocks().at(row, "case"));
  for (const Deadline& deadline : pack().deadlines()) {
    CAPTURE(deadline.rule);
    CHECK(cases[deadline.rule].size() == 8);
  }
}

TEST_CASE("clocks: worked out by hand", "[rules][clocks]") {
  const auto last = [](const char* rule, int y, int m, int d) {
    return local_date(pack().due(pack().deadline(rule), Date::of(y, m, d)).plus_ms(-1)).str();
  };
  // Five days from 28 December end in the new year; from 25 February 2024 on 1 March, since 29 February is a day.
  CHECK(last("445-19-a", 2025, 12, 28) == "2026-01-02");
  CHECK(last("445-19-a", 2024, 2, 25) == "2024-03-01");
  // 14 February 2026 is a Saturday and worked; 15 to 23 are the Spring Festival: the fifth working day is the 26th.
  CHECK(last("answer-doubt", 2026, 2, 12) == "2026-02-15");
  CHECK(last("YJK-3", 2026, 2, 12) == "2026-02-26");
  CHECK(last("445-36", 2024, 2, 29) == "2025-03-31");
  CHECK(last("72-38", 2025, 12, 31) == "2026-01-10");
  CHECK(last("87-25", 2026, 3, 31) == "2026-04-10");
  CHECK(last("87-25", 2026, 4, 1) == "2026-07-10");
  // One month from 31 January is the last of February; three months before 31 May too.
  CHECK(last("442-53", 2026, 1, 31) == "2026-02-28");
  CHECK(last("renew-yjk", 2024, 5, 31) == "2024-02-29");
  CHECK(last("445-18", 2026, 3, 1) == "2026-03-01");
}

TEST_CASE("clocks: each year's holidays have their notice and how sure we are", "[rules][clocks]") {
  REQUIRE(pack().calendar_years().size() == 3);
  for (const CalendarYear& year : pack().calendar_years()) {
    CAPTURE(year.year);
    CHECK(year.confidence == "M");
    CHECK(year.source.find(std::to_string(year.year)) != std::string::npos);
  }
  CHECK(pack().is_working_day(Date::of(2024, 2, 4)));
  CHECK_FALSE(pack().is_working_day(Date::of(2024, 2, 12)));
  CHECK(pack().is_working_day(Date::of(2026, 5, 9)));
  CHECK_FALSE(pack().is_working_day(Date::of(2026, 5, 16)));
}

TEST_CASE("escalation: a report goes up the ladder by days, a passing delivery by hours", "[rules][clocks]") {
  const auto stage = [](std::string_view kind, int days) {
    Obligation open;
    open.kind = kind;
    open.due = UtcTime{1'000'000'000'000};
    const Standing standing = standing_of(pack(), open, open.due.plus_ms(std::int64_t{days} * 86'400'000));
    return standing.step->stage + " " + std::string(name_of(standing.step->severity)) + " " +
           standing.step->seen_by.back();
  };
  CHECK(stage("annual-report", -31) == "waiting low officer");
  CHECK(stage("annual-report", -30) == "due-soon low responsible-person");
  CHECK(stage("annual-report", 0) == "overdue medium county");
  CHECK(stage("annual-report", 30) == "grave high city");
  CHECK(stage("annual-report", 90) == "gravest critical province");
  CHECK(stage("receive", -1) == "due-soon low responsible-person");
  CHECK(stage("receive", 0) == "overdue high county");
  CHECK(stage("receive", 3) == "grave critical city");
  CHECK(stage("write-off", 7) == "grave high city");
}

TEST_CASE("escalation: a unit that files nothing owes every period since", "[rules][clocks]") {
  Obligation open;
  open.kind = "annual-report";
  open.subject = "FACTORY:2023";
  open.due = pack().due(pack().deadline("445-36"), Date::of(2023, 1, 1));
  CHECK(standing_of(pack(), open, end_of(Date::of(2024, 3, 30))).periods_due == 0);
  CHECK(standing_of(pack(), open, end_of(Date::of(2024, 3, 31))).periods_due == 1);
  CHECK(standing_of(pack(), open, end_of(Date::of(2026, 3, 31))).periods_due == 3);
  CHECK(standing_of(pack(), open, end_of(Date::of(2026, 3, 31))).days_late == 730);
  open.closed = 7;
  CHECK(standing_of(pack(), open, end_of(Date::of(2026, 3, 31))).step == nullptr);
}
