#pragma once

#include <string>
#include <vector>

#include "tools/cli/options.h"

namespace tools {

/// Everything that would keep `serve` from starting on this folder, one sentence each: config.json, keys, tokens,
/// certificate, database, place of the anchor. Opens nothing for writing.
std::vector<std::string> config_faults(const ServeOptions& options);

}  // namespace tools
