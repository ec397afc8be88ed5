#pragma once

#include <cstddef>
#include <string_view>

// The forms that members of payloads have, as pure checks. Membership in a list (is this region known?) is for the
// rules.
namespace registry {

/// 1 to 40 of A-Z a-z 0-9 . _ -
bool is_id(std::string_view text);
/// Six digits.
bool is_region_code(std::string_view text);
/// A unified social credit code: 18 of 0-9 A-Z. Its check digit may fail, since one really issued code does.
bool is_uscc_form(std::string_view text);
/// Two capital letters (ISO 3166-1).
bool is_country(std::string_view text);
/// `length` of 0-9 a-f, so that each value has one spelling.
bool is_lower_hex(std::string_view text, std::size_t length);

/// Visible ASCII, blanks and line feeds only.
bool is_ascii_lines(std::string_view text);

enum class TextForm { good, empty, too_long, control_character };
/// Counts characters, not bytes. Needs well-formed UTF-8. Control characters are those of Unicode category Cc.
TextForm text_form(std::string_view text, std::size_t max);

}  // namespace registry
