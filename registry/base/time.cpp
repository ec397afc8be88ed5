#include "registry/base/time.h"

#include <array>
#include <chrono>
#include <ostream>

namespace registry {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kShanghaiOffsetMs = 8 * 3'600'000;

year_month_day civil(Date date) { return year_month_day{sys_days{std::chrono::days{date.days}}}; }

Date from_civil(year_month_day ymd) { return {static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())}; }

/// Writes `value` with leading zeros into `width` characters at `at`.
void put(char* at, int width, std::int64_t value) {
  for (int i = width - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

/// The number that all of `text` spells in digits; nothing for any other character.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

Date Date::plus_months(int n) const {
  const auto ymd = civil(*this);
  const auto month = ymd.year() / ymd.month() + std::chrono::months{n};
  const year_month_day same = month / ymd.day();
  return from_civil(same.ok() ? same : year_month_day{month / std::chrono::last});
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }
int Date::weekday() const {
  return static_cast<int>(std::chrono::weekday{sys_days{std::chrono::days{days}}}.iso_encoding());
}

std::string Date::str() const {
  std::string out = "0000-00-00";
  put(&out[0], 4, year());
  put(&out[5], 2, month());
  put(&out[8], 2, day());
  return out;
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto y = digits(text.substr(0, 4)), m = digits(text.substr(5, 2)), d = digits(text.substr(8, 2));
  if (!y || !m || !d || *y < 1900) return {};
  const year_month_day ymd{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                           std::chrono::day{static_cast<unsigned>(*d)}};
  if (!ymd.ok()) return {};
  return from_civil(ymd);
}

Date Date::of(int year, int month, int day) {
  return from_civil(year_month_day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}});
}

std::string UtcTime::str() const {
  const Date date{static_cast<std::int32_t>(floor_div(ms, kDayMs))};
  const std::int64_t rest = ms - date.days * kDayMs;
  std::string out = date.str() + "T00:00:00.000Z";
  put(&out[11], 2, rest / 3'600'000);
  put(&out[14], 2, rest / 60'000 % 60);
  put(&out[17], 2, rest / 1000 % 60);
  put(&out[20], 3, rest % 1000);
  return out;
}

std::optional<UtcTime> UtcTime::parse(std::string_view text) {
  if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
    return {};
  const auto date = Date::parse(text.substr(0, 10));
  const auto h = digits(text.substr(11, 2)), m = digits(text.substr(14, 2)), s = digits(text.substr(17, 2)),
             ms = digits(text.substr(20, 3));
  if (!date || !h || !m || !s || !ms || *h > 23 || *m > 59 || *s > 59) return {};
  return UtcTime{date->days * kDayMs + *h * 3'600'000LL + *m * 60'000LL + *s * 1000LL + *ms};
}

Date local_date(UtcTime time) { return {static_cast<std::int32_t>(floor_div(time.ms + kShanghaiOffsetMs, kDayMs))}; }

UtcTime end_of(Date date) { return {(date.days + 1) * kDayMs - kShanghaiOffsetMs}; }

std::ostream& operator<<(std::ostream& out, const Date& date) { return out << date.str(); }
std::ostream& operator<<(std::ostream& out, const UtcTime& time) { return out << time.str(); }

UtcTime SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace registry
