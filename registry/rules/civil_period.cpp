#include "registry/rules/civil_period.h"

namespace registry {
namespace {

int months_of(Period kind) { return kind == Period::year ? 12 : kind == Period::quarter ? 3 : 1; }

std::optional<CivilPeriod> from(Period kind, std::string_view year, std::string_view month) {
  const auto first = Date::parse(std::string(year) + "-" + std::string(month) + "-01");
  if (!first || first->year() == 9999) return {};
  return CivilPeriod{kind, *first};
}

}  // namespace

CivilPeriod CivilPeriod::of(Period kind, Date day) {
  const int length = months_of(kind);
  return {kind, Date::of(day.year(), (day.month() - 1) / length * length + 1, 1)};
}

std::optional<CivilPeriod> CivilPeriod::parse(std::string_view text) {
  static constexpr std::string_view kQuarters[] = {"01", "04", "07", "10"};
  if (text.size() == 4) return from(Period::year, text, "01");
  if (text.size() != 7 || text[4] != '-') return {};
  const std::string_view year = text.substr(0, 4);
  if (text[5] != 'Q') return from(Period::month, year, text.substr(5));
  if (text[6] < '1' || text[6] > '4') return {};
  return from(Period::quarter, year, kQuarters[text[6] - '1']);
}

std::string CivilPeriod::str() const {
  const std::string day = first.str();
  if (kind == Period::year) return day.substr(0, 4);
  if (kind == Period::month) return day.substr(0, 7);
  return day.substr(0, 4) + "-Q" + std::to_string((first.month() - 1) / 3 + 1);
}

CivilPeriod CivilPeriod::next() const { return {kind, first.plus_months(months_of(kind))}; }

}  // namespace registry
