#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crypto {

// ECDSA on P-256 as HTTP, JOSE and smart cards write it: r and s, 32 bytes each, one after the other.

/// The same signature as suites want it, strict DER with low s; nothing unless both numbers lie between 1 and n-1.
std::optional<std::string> from_raw_p256(std::string_view raw);
/// 64 bytes; nothing for what is no DER signature.
std::optional<std::string> to_raw_p256(std::string_view der);

}  // namespace crypto
