#pragma once

#include "registry/steps/step.h"

namespace registry {

/// chain.fork/v1: the registry's own record that a chain has two entries for one place.
Result<std::unique_ptr<Step>> parse_chain_fork(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
