#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "registry/steps/step.h"

namespace registry {

/// "sale:X-1", as obligations and findings name it.
std::string sale_subject(std::string_view sale);
/// The buyer's duty to confirm it.
std::string sale_confirmation(std::string_view sale);
/// The duty of one of the two to report it, where an exemption asks for that.
std::string sale_report(std::string_view sale, std::string_view party);

Result<std::unique_ptr<Step>> parse_sale_cancel(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
