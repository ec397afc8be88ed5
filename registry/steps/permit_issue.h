#pragma once

#include "registry/steps/step.h"

namespace registry {

/// permit.issue/v1
Result<std::unique_ptr<Step>> parse_permit_issue(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
