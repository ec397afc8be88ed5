#pragma once

#include <string>

#include "crypto/json.h"
#include "crypto/key.h"
#include "crypto/note.h"
#include "registry/base/result.h"
#include "registry/log/header.h"

namespace registry {

/// Type of entry 0.
inline constexpr std::string_view kGenesisType = "ledger.open";

/// What the first entry of a ledger founds.
struct Genesis {
  std::string ledger;
  /// Signs checkpoints under the ledger's name.
  crypto::NoteVerifier log_key;
  /// Signs the first entry itself.
  crypto::PublicKey operator_key;
};

/// Reads {"ledger", "log_key": vkey, "operator_key": {"suite", "spki": base64}, ...}. Refuses with rule genesis-form,
/// also when ledger, log key's name and the header's ledger are not one, or the operator's key is not the header's.
Result<Genesis> parse_genesis(const Header& header, const crypto::Json& payload);

}  // namespace registry
