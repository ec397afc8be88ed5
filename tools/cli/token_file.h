#pragma once

#include <string>

#include "api/access/roles.h"
#include "tools/home/home.h"

namespace tools {

/// Makes a token and stores its hash in tokens.json, readable by its owner only; gives the token, which is nowhere
/// else. A running server reads the file at its next start. Throws UsageError when an officer has no party or another
/// role has one.
std::string add_token(const Home& home, api::Role role, const std::string& party, const std::string& note);

}  // namespace tools
