#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "registry/steps/step.h"

namespace registry {

/// Parses report.file: what a unit or an agency tells another, and by when it had to.
Result<std::unique_ptr<Step>> parse_report_file(const nlohmann::json& payload, const RulePack& rules);
/// Parses count.demand: an agency wants a site counted.
Result<std::unique_ptr<Step>> parse_count_demand(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
