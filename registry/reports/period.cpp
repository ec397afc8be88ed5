#include "registry/reports/period.h"

#include <charconv>

namespace registry {
namespace {

std::optional<int> number(std::string_view digits) {
  int out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc{} || end != digits.data() + digits.size()) return {};
  return out;
}

Period months(int year, int first, int count) {
  const Date start = Date::of(year, first, 1);
  return {start, start.plus_months(count).plus_days(-1)};
}

/// "H1" or "Q3": `parts` of them in a year.
std::optional<Period> part_of_year(int year, std::string_view digit, int parts) {
  const auto n = number(digit);
  if (digit.size() != 1 || !n || *n < 1 || *n > parts) return {};
  return months(year, (*n - 1) * (12 / parts) + 1, 12 / parts);
}

std::optional<Period> days(std::string_view first, std::string_view last) {
  const auto from = Date::parse(first), to = Date::parse(last);
  if (!from || !to || *to < *from) return {};
  return Period{*from, *to};
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  if (const auto slash = text.find('/'); slash != text.npos) return days(text.substr(0, slash), text.substr(slash + 1));
  if (!Date::parse(std::string(text.substr(0, 4)) + "-01-01")) return {};
  const int year = *number(text.substr(0, 4));
  if (text.size() == 4) return months(year, 1, 12);
  if (text.size() < 7 || text[4] != '-') return {};
  const std::string_view rest = text.substr(5);
  if (rest.front() == 'H') return part_of_year(year, rest.substr(1), 2);
  if (rest.front() == 'Q') return part_of_year(year, rest.substr(1), 4);
  const auto first = Date::parse(std::string(text) + "-01");
  return text.size() == 7 && first ? std::optional(months(year, first->month(), 1)) : std::nullopt;
}

Period period_to_25th(int year, int month) {
  const Date last = Date::of(year, month, 25);
  return {last.plus_months(-1).plus_days(1), last};
}

}  // namespace registry
