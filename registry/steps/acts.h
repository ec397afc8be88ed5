#pragma once

#include <string>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/steps/step.h"

namespace registry {

/// The other party of an act, if it is a verified unit: else unknown-party or partner-not-verified. Needs the row.
Result<const Party*> check_partner(const Facts& facts, std::string_view id, std::string_view pointer);

/// The party must do `kind` about the subject; the deadline of that name counts from today. Nothing where the pack has
/// no such duty.
void open_obligation(Outcome& out, const RulePack& rules, const StepContext& context, std::string_view kind,
                     std::string_view subject, std::string_view party);

/// Nobody can record what has not happened yet: day-in-future.
Check check_not_future(Date day, const StepContext& context, std::string_view pointer);

}  // namespace registry
