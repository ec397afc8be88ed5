#pragma once

#include <memory>

#include "registry/steps/step.h"

namespace registry {

Result<std::unique_ptr<Step>> parse_loss_report(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
