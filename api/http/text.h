#pragma once

#include <string>
#include <string_view>

namespace api {

/// ASCII only: what HTTP compares without case.
char lower(char c);
std::string lower(std::string_view text);
bool same_text(std::string_view a, std::string_view b);

/// A character of a token (RFC 9110 section 5.6.2).
bool is_token_char(char c);
bool is_token(std::string_view text);
bool is_digits(std::string_view text);
/// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

/// Cuts the part before `separator` off `rest`; all of it when there is none.
std::string_view cut(std::string_view& rest, char separator);

/// True if the comma-separated list holds the item, without case.
bool list_has(std::string_view list, std::string_view item);

}  // namespace api
