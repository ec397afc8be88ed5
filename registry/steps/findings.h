#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/domain/outcome.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

namespace registry {

/// Two measurements of the same goods. Missing is positive, surplus negative.
struct Deviation {
  std::int64_t missing = 0;
  /// Bounds of `missing` with the uncertainty of both measurements.
  std::int64_t lo = 0, hi = 0;
  /// More than the uncertainty of the first measurement.
  bool beyond_tolerance = false;
};
/// How goods are measured: pieces are counted and allow no difference, the rest is weighed.
struct Measuring {
  /// Base units in a piece; 0 for bulk.
  std::int64_t piece = 0;
  /// Stated uncertainty of the instrument; kNone where none is stated, and the pack's tolerance holds.
  std::int64_t instrument = kNone;
};
Deviation compare(const RulePack& rules, const Substance& substance, std::int64_t expected, std::int64_t measured,
                  Measuring how = {});

/// Where and in whose hands a deviation arose: after the entry `from`, not after the entry `to`.
struct Custody {
  std::int64_t from = kNone, to = kNone;
  std::string custodian = {}, vehicle = {}, seals = {};
};

/// A finding about `party`; amounts, interval and lot are the caller's to add.
Finding make_finding(std::string_view kind, std::string_view party, std::string subject, Severity severity);
/// The same, as grave as the pack says of its kind.
Finding make_finding(std::string_view kind, std::string_view party, std::string subject, const RulePack& rules);
/// A finding about an amount: severity by the criminal thresholds for a loss, medium for a surplus.
Finding make_finding(std::string_view kind, std::string_view party, std::string subject, const RulePack& rules,
                     const Substance& substance, std::string_view lot, const Deviation& deviation);
void set_custody(Finding& finding, Custody custody);

/// Gives it its id, "F-<index>-<n>", and puts it into the outcome.
void add_finding(Outcome& out, const StepContext& context, Finding finding);
/// The id that the next one gets.
std::string next_finding_id(const Outcome& out, const StepContext& context);

}  // namespace registry
