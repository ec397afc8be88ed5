#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tools {

/// The whole file; throws UsageError when it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// The same for a secret; also refuses a file that others than its owner may read or write, or that is not a plain
/// file of ours or root's, naming the command that mends it.
std::string read_private_file(const std::filesystem::path& path);

enum class Secrecy { open, owner_only };

/// Writes a new file durably (temporary name, sync, rename). Throws UsageError when it cannot, or when the file exists
/// and `replace` is false.
void write_file(const std::filesystem::path& path, std::string_view content, Secrecy secrecy = Secrecy::open,
                bool replace = true);

}  // namespace tools
