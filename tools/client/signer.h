#pragma once

#include <string>

#include "crypto/key.h"

namespace tools {

/// Opens the key that a command is told to sign with. `spec` is one of
///   a file       officer.pem, readable by its owner only;
///   pkcs11:      a P-256 or Ed25519 key in a token (RFC 7512): pkcs11:token=T;object=O?module-path=/usr/lib/x.so, and
///                &pin-source=file:/path for the PIN, else TALLYSTICK_PIN from the environment;
///   exec:        a program of one's own that speaks to a token: exec:/usr/local/bin/sm2-token --slot 1. Run with
///   `public`
///                added it prints {"spki": base64, "suite": ...}; with `sign` it reads the message from its standard
///                input and prints the signature in base64.
/// The key itself stays where it is. Throws UsageError with what is wrong; signing throws crypto::CryptoFault.
crypto::PrivateKey open_signer(const std::string& spec);

/// Whether it is a file, beside which a device can remember something.
bool is_key_file(const std::string& spec);

}  // namespace tools
