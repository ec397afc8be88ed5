#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/rules/pack.h"
#include "registry/store/store.h"

namespace registry {

/// One difference between book and goods, however small: at a count, or on the road.
struct DifferencePoint {
  std::int64_t index = 0;
  UtcTime rtime;
  std::string account, lot;
  /// Missing is positive, surplus negative.
  std::int64_t missing = 0;
  /// Of this one and all before it.
  std::int64_t cumulative = 0;
  /// Page's sum max(0, before + missing - half the tolerance of the goods): grows when a little is missing again and
  /// again.
  std::int64_t page = 0;
};

/// The count differences at the sites of a party, in log order: slow drips that no single count shows.
std::vector<DifferencePoint> cumulative_difference(Reader& reader, const RulePack& rules, const std::string& party,
                                                   const std::string& substance);

}  // namespace registry
