#pragma once

#include <optional>
#include <string_view>

#include "crypto/note.h"
#include "tools/cli/verdict.h"

namespace tools {

/// Checks an exported bundle (tallystick.bundle/v1) by itself: each entry's place in the log, what was signed, every
/// signature, and that each signing key was enrolled by an entry of the same log before. Throws UsageError when the
/// text is no bundle at all.
Verdict check_bundle(std::string_view text, const std::optional<crypto::NoteVerifier>& pinned);

}  // namespace tools
