#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/store/store.h"

namespace registry {

/// One difference between book and goods at a count, however small.
struct DifferencePoint {
  std::int64_t index = 0;
  UtcTime rtime;
  std::string account, lot;
  /// Missing is positive, surplus negative.
  std::int64_t missing = 0;
  /// Of this one and all before it.
  std::int64_t cumulative = 0;
};

/// The count differences at the sites of a party, in log order: slow drips that no single count shows.
std::vector<DifferencePoint> cumulative_difference(Reader& reader, const std::string& party,
                                                   const std::string& substance);

}  // namespace registry
