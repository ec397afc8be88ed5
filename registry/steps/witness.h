#pragma once

#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/steps/step.h"

namespace registry {

/// The agency that attends: verified, an agency, and among the signers. Else unknown-party, partner-not-verified or
/// witness-must-sign. Needs the Party.
Check check_agency_signed(const Facts& facts, const StepContext& context, std::string_view agency,
                          std::string_view pointer);

}  // namespace registry
