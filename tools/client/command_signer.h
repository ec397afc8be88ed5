#pragma once

#include <string>

#include "crypto/key.h"

namespace tools {

/// The key behind "/usr/local/bin/sm2-token --slot 1", see open_signer. The program inherits our environment and
/// standard error, and is found by its path alone. Throws UsageError when it cannot be run or shows no key.
crypto::PrivateKey open_command(const std::string& command_line);

}  // namespace tools
