#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tools/cli/options.h"

namespace tools {

/// Signs and sends a payload that was made here; as run_submit, whose `payload` is not looked at.
int submit_payload(const SubmitOptions& options, const nlohmann::json& payload);

}  // namespace tools
