#pragma once

#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

namespace registry {

/// Two officials of the author have signed, each with a key of its own, where the pack asks it for this step about one
/// of the substances, codes joined by commas: else needs-two-officials. For steps that look at duties.
Check check_two_officials(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view step,
                          std::string_view substances);

}  // namespace registry
