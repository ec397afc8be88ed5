#pragma once

#include <memory>

#include "registry/steps/step.h"

// Steps after something was found to be amiss, one source file each.
namespace registry {

Result<std::unique_ptr<Step>> parse_loss_found(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_loss_conclude(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_finding_explain(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_finding_close(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_seizure_record(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_inspection_record(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_checkpoint_stop(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_personal_erase(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
