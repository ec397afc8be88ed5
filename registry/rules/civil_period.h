#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/rules/pack.h"

namespace registry {

/// A month, quarter or year of the civil calendar: "2026-03", "2026-Q1", "2026". Never Period::none.
struct CivilPeriod {
  Period kind = Period::month;
  Date first;
  friend bool operator==(const CivilPeriod&, const CivilPeriod&) = default;

  static CivilPeriod of(Period kind, Date day);
  /// Exactly the printed form, years 1900 to 9998.
  static std::optional<CivilPeriod> parse(std::string_view text);
  std::string str() const;
  CivilPeriod next() const;
  Date last() const { return next().first.plus_days(-1); }
};

}  // namespace registry
