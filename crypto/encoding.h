#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// Lowercase base 16 (RFC 4648 section 8, lowercase).
std::string to_hex(std::string_view bytes);

/// Only pairs of 0-9 a-f; uppercase, blanks and odd lengths are refused, so each value has one spelling.
std::optional<std::string> parse_hex(std::string_view text);

/// Base 64 with padding (RFC 4648 section 4).
std::string to_base64(std::string_view bytes);

/// Strict: padding required, no line breaks, unused trailing bits zero, so each value has one spelling.
std::optional<std::string> parse_base64(std::string_view text);

/// Base 64 for URLs without padding (RFC 4648 section 5, as JOSE writes it).
std::string to_base64url(std::string_view bytes);

/// Strict: no padding, unused trailing bits zero.
std::optional<std::string> parse_base64url(std::string_view text);

}  // namespace crypto
