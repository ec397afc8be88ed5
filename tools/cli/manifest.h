#pragma once

#include <filesystem>

namespace tools {

/// The newest signed checkpoint of a backup lies beside it: FILE.checkpoint.
std::filesystem::path manifest_path(const std::filesystem::path& backup);

}  // namespace tools
