#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/rules/duties.h"

namespace registry {

/// Where an open obligation stands on its ladder. Nothing of this is stored: it is a matter of the clock.
struct Standing {
  const EscalationStep* step = nullptr;
  /// Whole days past the due moment, 0 before it.
  std::int64_t days_late = 0;
  /// Periods of a recurring duty that are due by now, this one among them; 0 or 1 for any other.
  std::int64_t periods_due = 0;
};
/// Null step for a closed one, and in a pack without ladders.
Standing standing_of(const RulePack& rules, const Obligation& obligation, UtcTime now);

/// From when on those of `viewer` see obligations: of these kinds, or of all but these, when they are due before.
struct Sight {
  std::vector<std::string> kinds, other_than;
  UtcTime due_before;
};
/// Empty for a viewer that no ladder names.
std::vector<Sight> sights_of(const RulePack& rules, std::string_view viewer, UtcTime now);

}  // namespace registry
