#pragma once

#include "registry/steps/step.h"

namespace registry {

/// border.notify/v1: a notice goes to the partner country, or one came from it.
Result<std::unique_ptr<Step>> parse_border_notify(const nlohmann::json& payload, const RulePack& rules);
/// border.withdraw/v1: our agency gives a notice up before customs has released anything.
Result<std::unique_ptr<Step>> parse_border_withdraw(const nlohmann::json& payload, const RulePack& rules);
/// border.reply/v1: the answer, of the partner authority to an export, of ours to an import.
Result<std::unique_ptr<Step>> parse_border_reply(const nlohmann::json& payload, const RulePack& rules);
/// border.clear/v1: customs releases goods.
Result<std::unique_ptr<Step>> parse_border_clear(const nlohmann::json& payload, const RulePack& rules);
/// export.confirm/v1: the partner authority says what arrived.
Result<std::unique_ptr<Step>> parse_export_confirm(const nlohmann::json& payload, const RulePack& rules);
/// import.receive/v1
Result<std::unique_ptr<Step>> parse_import_receive(const nlohmann::json& payload, const RulePack& rules);
/// export.depart/v1
Result<std::unique_ptr<Step>> parse_export_depart(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
