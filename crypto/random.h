#pragma once

#include <cstddef>
#include <string>

namespace crypto {

/// Bytes from the process's cryptographic generator; throws CryptoFault when it has no entropy. Thread-safe.
std::string random_bytes(std::size_t count);

/// The same as lowercase hex: 2 * `bytes` characters.
std::string random_hex(std::size_t bytes);

}  // namespace crypto
