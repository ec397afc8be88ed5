#pragma once

// Reading of line formats (notes, checkpoints, proofs). For the .cpp files of this folder only.

#include <cstdint>
#include <optional>
#include <string_view>

namespace crypto {

/// Takes the next line off the front, without its newline; nothing if no newline is left.
std::optional<std::string_view> take_line(std::string_view& text);

/// ASCII digits without leading zeros, below 2^64.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

/// Valid UTF-8 without control characters but newline (c2sp.org/signed-note).
bool is_note_text(std::string_view text);

}  // namespace crypto
