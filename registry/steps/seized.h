#pragma once

#include <memory>

#include "registry/steps/step.h"

namespace registry {

/// destruction.record of goods that an agency seized (445-33).
Result<std::unique_ptr<Step>> parse_destroy_seized(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
