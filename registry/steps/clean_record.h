#pragma once

#include <optional>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

// Papers that only a unit without violations gets (87-9-2, 87-21-2).
namespace registry {

/// The day since which the agency knows of no violation, against the months that the kind of paper asks before `from`:
/// multi-use-too-early where the agency itself says that it is too short.
Check check_clean_since(const RulePack& rules, const PermitKind& kind, std::optional<Date> clean_since, Date from);

struct NewPaper {
  std::string_view no, holder;
  std::optional<Date> clean_since;
  Date from;
};
/// A finding against the issuer, of low severity, where the agency states no clean record or the registry knows of a
/// finding in those months: the agency decides, the registry remembers. Needs Conduct of the holder.
void note_record(const Facts& facts, const RulePack& rules, const PermitKind& kind, const NewPaper& paper,
                 const StepContext& context, Outcome& out);

}  // namespace registry
