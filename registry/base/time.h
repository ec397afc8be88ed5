#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace registry {

/// A civil day, counted from 1970-01-01. Printed YYYY-MM-DD.
struct Date {
  std::int32_t days = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
  Date plus_days(std::int32_t n) const { return {days + n}; }
  /// Same day n months on; the last day of the month where it has no such day.
  Date plus_months(int n) const;
  int year() const;
  int month() const;
  int day() const;
  /// 1 Monday .. 7 Sunday.
  int weekday() const;
  std::string str() const;
  /// Strict YYYY-MM-DD, years 1900 to 9999, a day that exists.
  static std::optional<Date> parse(std::string_view text);
  static Date of(int year, int month, int day);
};

/// A moment, milliseconds since 1970-01-01T00:00:00Z. Printed 2026-01-31T08:15:30.123Z.
struct UtcTime {
  std::int64_t ms = 0;
  friend auto operator<=>(const UtcTime&, const UtcTime&) = default;
  UtcTime plus_ms(std::int64_t n) const { return {ms + n}; }
  std::string str() const;
  /// Strict, exactly the printed form; leap seconds and offsets are refused.
  static std::optional<UtcTime> parse(std::string_view text);
};

/// The civil day in Asia/Shanghai, which has no daylight saving: UTC+8. Legal periods are counted in these days.
Date local_date(UtcTime time);
/// 24:00 of that day in Asia/Shanghai, the last moment of a period that ends on it, as the first moment past it.
UtcTime end_of(Date date);

std::ostream& operator<<(std::ostream& out, const Date& date);
std::ostream& operator<<(std::ostream& out, const UtcTime& time);

/// Where the time comes from; passed in, so that tests can hold it still.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime now() const = 0;
};

class SystemClock : public Clock {
 public:
  UtcTime now() const override;
};

/// Stands where it is put.
class FixedClock : public Clock {
 public:
  explicit FixedClock(UtcTime time) : time_(time) {}
  UtcTime now() const override { return time_; }
  void set(UtcTime time) { time_ = time; }

 private:
  UtcTime time_;
};

}  // namespace registry
