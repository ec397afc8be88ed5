#pragma once

#include <set>
#include <string>
#include <string_view>

#include "registry/steps/case_file.h"

// What agencies' acts on a finding have in common.
namespace registry {

/// Asks for the finding, for its unit, and for what the authorities were told to do about it.
void want_case(const Facts& known, const RulePack& rules, std::string_view finding, FactKeys& keys);

/// The region of the unit that the finding is about; empty where nobody is known.
std::string case_region(const Facts& facts, const Finding& finding);

/// The agency covers the unit that the finding is about, and is not that unit: else not-competent, own-finding.
Check check_case_agency(const Facts& facts, const Party& agency, const Finding& finding);
/// Two persons sign where the finding is critical: else needs-second-signature.
Check check_grave(const StepContext& context, const Finding& finding);

/// The agency has acted on the finding: what it was told to do about it is done. `all` closes what others were told
/// too.
void close_notices(const Facts& facts, const RulePack& rules, const Party& agency, std::string_view finding, bool all,
                   std::int64_t index, Outcome& out);

}  // namespace registry
