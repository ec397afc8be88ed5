#pragma once

#include "registry/steps/step.h"

// The steps of the who family that are about keys.
namespace registry {

/// key.enrol/v1
Result<std::unique_ptr<Step>> parse_key_enrol(const nlohmann::json& payload, const RulePack& rules);
/// key.revoke/v1
Result<std::unique_ptr<Step>> parse_key_revoke(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
