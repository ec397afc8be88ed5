#pragma once

#include <string>

#include "crypto/key.h"

namespace tools {

/// The P-256 or Ed25519 key behind "token=T;object=O?module-path=...&pin-source=file:...", see open_signer. Throws
/// UsageError when the module, token or key is not there, when the PIN is wrong, and for a PIN in the address: others
/// see it in the list of processes.
crypto::PrivateKey open_pkcs11(const std::string& address);

}  // namespace tools
