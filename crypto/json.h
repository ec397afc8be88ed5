#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include <nlohmann/json_fwd.hpp>

namespace crypto {

using Json = nlohmann::json;

struct JsonLimits {
  std::size_t bytes_max = std::size_t{1} << 20;
  /// Open containers at once; a bare scalar has depth 0. Above 1000 it counts as 1000.
  int depth_max = 16;
  /// False refuses every number with a fraction or an exponent, also 1.0 and 1e2.
  bool floats = false;
};

struct JsonError {
  /// bad_utf8 bad_syntax duplicate_key float_number number_range lone_surrogate too_deep too_long trailing_bytes bom,
  /// and not_canonical from read_canonical.
  std::string code;
  /// JSON pointer (RFC 6901) of the value at fault; "" is the whole document.
  std::string pointer;
  /// Byte offset in the input.
  std::size_t offset = 0;
  /// One sentence for people, in English.
  std::string detail;
};

/// Reads one RFC 8259 document, strictly: valid UTF-8, no byte order mark, nothing but blanks after it, no duplicate
/// keys, no lone surrogate escapes, integers within +-(2^53 - 1) (I-JSON, RFC 7493). The bounds hold while reading, so a
/// hostile document costs no more than its bytes.
std::variant<Json, JsonError> read_json(std::string_view bytes, const JsonLimits& limits = {});

/// The canonical form of RFC 8785: keys by UTF-16 code units, numbers as ECMAScript prints them, except that integers
/// beyond 2^53 are printed exactly. Strings must be valid UTF-8 (read_json sees to it). Throws std::domain_error for NaN,
/// infinity and binary values, which have no JSON form.
std::string to_jcs(const Json& value);

/// One string as RFC 8785 writes it, quotes and escapes included, for those who print a canonical document themselves.
/// Needs valid UTF-8.
void append_jcs_string(std::string& out, std::string_view text);

/// read_json, and the bytes must be the canonical form already: what was signed is what was read.
std::variant<Json, JsonError> read_canonical(std::string_view bytes, const JsonLimits& limits = {});

}  // namespace crypto
