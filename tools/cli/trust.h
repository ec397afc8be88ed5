#pragma once

#include <optional>
#include <string>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "tools/cli/device.h"
#include "tools/client/server_link.h"

// What a client believes of a server, and why.
namespace tools {

/// Throws UsageError for a text that is no verifier key; nothing for an empty one.
std::optional<crypto::NoteVerifier> parse_log_key(const std::string& vkey);

/// A server's newest checkpoint, its signature checked.
struct TrustedHead {
  crypto::NoteVerifier log_key;
  crypto::Checkpoint checkpoint;
  std::string note;
};

/// Asks for the newest checkpoint. The key that must have signed it is `pinned`, else the one remembered, else, at the
/// first contact, the one the server names. Throws IntegrityError when another one signed.
TrustedHead fetch_head(ServerLink& link, const std::optional<crypto::NoteVerifier>& pinned,
                       const std::string& remembered_key = {});

/// Throws IntegrityError unless the tree of `head` continues the one that was seen before.
void require_growth(ServerLink& link, const registry::SeenCheckpoint& seen, const TrustedHead& head);

}  // namespace tools
