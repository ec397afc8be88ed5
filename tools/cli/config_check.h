#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tools {

/// Everything that would keep `serve` from starting on this folder, one sentence each: config.json, keys, tokens,
/// database, place of the anchor. Opens nothing for writing.
std::vector<std::string> config_faults(const std::filesystem::path& folder);

}  // namespace tools
