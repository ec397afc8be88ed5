#include <algorithm>

#include "registry/rules/csv.h"
#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

constexpr int kFriday = 5;

Date read_day(const CsvTable& table, std::size_t row) {
  const auto day = Date::parse(table.at(row, "day"));
  if (!day) table.fail(row, "no date " + table.at(row, "day"));
  return *day;
}

void add_year(const CsvTable& table, std::size_t row, WorkCalendar& out) {
  const int year = read_day(table, row).year();
  if (!out.years.empty() && out.years.back().year == year) return;
  if (!out.years.empty() && out.years.back().year > year) table.fail(row, "days out of order");
  out.years.push_back({year, table.at(row, "source"), table.at(row, "confidence")});
}

void add_day(const CsvTable& table, std::size_t row, WorkCalendar& out) {
  const Date day = read_day(table, row);
  const std::string& kind = table.at(row, "kind");
  const bool is_weekend = day.weekday() > kFriday;
  if (kind != "closed" && kind != "worked") table.fail(row, "closed or worked");
  if (kind == "worked" && !is_weekend) table.fail(row, "a make-up day falls on a weekend");
  auto& list = kind == "closed" ? out.closed : out.worked;
  if (!list.empty() && list.back() >= day) table.fail(row, "days out of order");
  list.push_back(day);
}

Date last_of_quarter(Date day) {
  return Date::of(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).plus_months(3).plus_days(-1);
}

/// The day of the deadline in the period after the one that `start` lies in; the last of a shorter month.
Date in_next_period(const Deadline& d, Date start) {
  if (d.period == Period::year) return Date::of(start.year() + 1, d.month, 1).plus_days(d.day - 1);
  const Date first = d.period == Period::month ? Date::of(start.year(), start.month(), 1).plus_months(1)
                                               : last_of_quarter(start).plus_days(1);
  return std::min(first.plus_days(d.day - 1), first.plus_months(1).plus_days(-1));
}

Date unrolled(const Deadline& d, Date start, const WorkCalendar& calendar) {
  if (d.period != Period::none) return in_next_period(d, start);
  if (d.months != 0) return start.plus_months(d.months);
  return d.working_days ? calendar.after(start, d.days) : start.plus_days(d.days);
}

}  // namespace

WorkCalendar load_calendar(const JsonNode& pack) {
  const JsonNode node = pack.member("calendar");
  node.only({"days", "article", "confidence", "valid_from", "valid_to"});
  read_rule_head(node);
  WorkCalendar out;
  const std::string file = node.text_or("days", "");
  if (file.empty()) return out;
  const CsvTable table = CsvTable::load(file);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    add_year(table, row, out);
    add_day(table, row, out);
  }
  return out;
}

bool WorkCalendar::is_working(Date day) const {
  if (std::binary_search(closed.begin(), closed.end(), day)) return false;
  return day.weekday() <= kFriday || std::binary_search(worked.begin(), worked.end(), day);
}

Date WorkCalendar::working_from(Date day) const {
  while (!is_working(day)) day = day.plus_days(1);
  return day;
}

Date WorkCalendar::after(Date start, int n) const {
  Date day = start;
  for (int left = n; left > 0;) {
    day = day.plus_days(1);
    left -= is_working(day) ? 1 : 0;
  }
  return day;
}

Date last_day(const Deadline& deadline, Date start, const WorkCalendar& calendar) {
  const Date day = unrolled(deadline, start, calendar);
  return deadline.rolls ? calendar.working_from(day) : day;
}

}  // namespace registry
