#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "registry/steps/step.h"

namespace registry {

Result<std::unique_ptr<Step>> parse_destruction_record(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
