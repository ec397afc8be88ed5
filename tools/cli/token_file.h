#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "api/access/roles.h"
#include "api/access/token_book.h"
#include "tools/home/home.h"

namespace tools {

/// Makes a token and stores its hash in tokens.json, readable by its owner only; gives the token, which is nowhere
/// else. A running server reads the file at its next start. Throws UsageError when an officer has no party or another
/// role has one.
std::string add_token(const Home& home, api::Role role, const std::string& party, const std::string& note,
                      const std::optional<api::Agency>& agency = {});

/// The tokens of a folder. A missing file is no fault: then only what is public can be read.
api::TokenBook load_tokens(const std::filesystem::path& path);

}  // namespace tools
