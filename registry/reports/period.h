#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/base/time.h"

namespace registry {

/// Civil days, both included, by event time.
struct Period {
  Date first, last;
  UtcTime from() const { return end_of(first.plus_days(-1)); }
  /// The first moment after it.
  UtcTime to() const { return end_of(last); }
  bool holds(UtcTime time) const { return from() <= time && time < to(); }
  /// "2026-01-01/2026-12-31"
  std::string str() const { return first.str() + "/" + last.str(); }
};

/// "2026", "2026-H1", "2026-Q3", "2026-03" or "2026-01-15/2026-02-14".
std::optional<Period> parse_period(std::string_view text);

/// What the city reports on the 25th of a month: from the 26th of the month before to the 25th, so that no day is left
/// out and none counted twice.
Period period_to_25th(int year, int month);

}  // namespace registry
