#pragma once

#include <optional>
#include <string_view>

#include "crypto/digest.h"

namespace crypto {

/// A signature suite is fully specified: curve, hash and encoding. Nothing in it is negotiated.
///   ed25519-sha256  RFC 8032 Ed25519 over the message; signature 64 bytes
///   p256-sha256     ECDSA on P-256 over SHA-256; signature strict DER with s <= n/2
///   sm2-sm3         GB/T 32918.2 over SM3 with the ID 1234567812345678; signature strict DER
enum class Suite { ed25519_sha256, p256_sha256, sm2_sm3 };

/// The name as it stands in signed headers.
std::string_view name(Suite suite);
std::optional<Suite> parse_suite(std::string_view name);

/// The hash of payload, chain and entry ids under this suite.
HashAlg hash_of(Suite suite);

}  // namespace crypto
