#pragma once

#include <string>
#include <string_view>

#include "crypto/encoding.h"
#include "crypto/key.h"

namespace samples {

/// Bytes of a hex constant; a wrong constant throws.
inline std::string from_hex(std::string_view hex) { return crypto::parse_hex(hex).value(); }

/// The same key in every run, another one for each letter.
inline crypto::PrivateKey key(crypto::Suite suite, char letter = 'a') {
  return crypto::PrivateKey::from_seed(suite, std::string(32, letter));
}

inline crypto::PrivateKey ed25519_key(char letter = 'a') { return key(crypto::Suite::ed25519_sha256, letter); }

/// The same bytes with one bit of byte `at` turned over.
inline std::string flipped(std::string bytes, std::size_t at) {
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
  return bytes;
}

}  // namespace samples
