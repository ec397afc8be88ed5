#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "registry/steps/step.h"

// Where units, their sites and their people stand: halted, back, closed.
namespace registry {

Result<std::unique_ptr<Step>> parse_party_suspend(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_party_restore(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_party_close(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_site_close(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_officer_withdraw(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
