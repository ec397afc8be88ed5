#pragma once

#include <optional>
#include <string>

#include "crypto/note.h"
#include "tools/cli/verdict.h"

namespace tools {

/// Checks a running server's public log from its tiles: every leaf, the hash chain, the chains of authors, every full
/// tile, and that the newest checkpoint covers exactly these leaves. Payloads, outcomes and keys are not public, so
/// signatures and balances are left to an audit of the database.
Verdict check_server(const std::string& url, const std::string& ca, const std::optional<crypto::NoteVerifier>& pinned);

}  // namespace tools
