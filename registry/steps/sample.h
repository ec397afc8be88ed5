#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "registry/steps/step.h"

namespace registry {

Result<std::unique_ptr<Step>> parse_sample_take(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
