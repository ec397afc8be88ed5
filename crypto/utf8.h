#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// Bytes of the well-formed UTF-8 sequence at `at` (RFC 3629: shortest form, no surrogates, up to U+10FFFF); 0 if there
/// is none. Needs at < bytes.size().
std::size_t utf8_length(std::string_view bytes, std::size_t at);

/// The code points; nothing for malformed UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view bytes);

/// Needs a code point that is no surrogate.
void append_utf8(std::string& text, char32_t code);

}  // namespace crypto
