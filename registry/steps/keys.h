#pragma once

#include "registry/steps/step.h"

// The steps of the who family that are about keys.
namespace registry {

/// key.enrol/v1
Result<std::unique_ptr<Step>> parse_key_enrol(const nlohmann::json& payload, const RulePack& rules);
/// key.rotate/v1
Result<std::unique_ptr<Step>> parse_key_rotate(const nlohmann::json& payload, const RulePack& rules);
/// chain.open/v1
Result<std::unique_ptr<Step>> parse_chain_open(const nlohmann::json& payload, const RulePack& rules);
/// Ends a key from this index on, unless it has ended. Needs the Key.
void revoke_key(const Facts& facts, std::string_view id, std::int64_t index, Outcome& out);
/// key.revoke/v1
Result<std::unique_ptr<Step>> parse_key_revoke(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
