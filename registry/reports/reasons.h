#pragma once

#include <string>
#include <string_view>

#include "registry/reports/report.h"

namespace registry {

/// Why stock changed, read from the account at the other end of a move. An account that nobody has named yet gets a
/// column under its own name, so that a new kind of step shows up without a change here.
struct StockReason {
  std::string name;
  Words words;
  /// Adds to what came in; otherwise to what went out.
  bool counts_in = true;
  /// A move against the direction of its reason takes back what was written before.
  std::int64_t sign = 1;
};

StockReason reason_of(std::string_view other, bool is_in);

/// Lower comes first on a form; the columns of the law before all others.
int place_of(std::string_view reason);

}  // namespace registry
