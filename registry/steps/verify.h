#pragma once

#include "registry/steps/step.h"

namespace registry {

/// party.verify/v1
Result<std::unique_ptr<Step>> parse_party_verify(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
