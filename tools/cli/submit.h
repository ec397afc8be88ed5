#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tools/cli/options.h"

namespace tools {

/// Signs and sends one entry with this payload instead of the one that the options name; says what came of it.
int submit_payload(const SubmitOptions& options, const nlohmann::json& payload);

}  // namespace tools
