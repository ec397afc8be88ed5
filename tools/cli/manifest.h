#pragma once

#include <filesystem>

namespace tools {

/// The newest signed checkpoint of a backup lies beside it: FILE.checkpoint.
std::filesystem::path manifest_path(const std::filesystem::path& backup);

/// So do the personal values that it commits to, sealed: FILE.personal.
std::filesystem::path personal_path(const std::filesystem::path& backup);

/// And the log of who read what: FILE.access; and config.json and tokens.json (hashes, no secrets): FILE.config,
/// FILE.tokens.
std::filesystem::path access_path(const std::filesystem::path& backup);
std::filesystem::path config_path(const std::filesystem::path& backup);
std::filesystem::path tokens_path(const std::filesystem::path& backup);

}  // namespace tools
