#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// The parts of RFC 8941 that signed messages need. Anything else, and anything twice, is malformed.
namespace api {

/// An inner list of strings with parameters: what a signature covers (RFC 9421 section 4.1). Neither the strings nor
/// the list take parameters of other kinds than integers and strings.
struct CoveredList {
  using Value = std::variant<std::int64_t, std::string>;
  std::vector<std::string> components;
  std::vector<std::pair<std::string, Value>> parameters;

  /// Null for a parameter that is not there or of another kind.
  const std::string* text(std::string_view name) const;
  const std::int64_t* number(std::string_view name) const;
  /// In the one spelling that is signed (RFC 8941 section 4.1).
  std::string str() const;
};

/// A dictionary with exactly one member, an inner list: the member's name and the list.
std::optional<std::pair<std::string, CoveredList>> parse_covered(std::string_view field);
/// A dictionary of byte sequences: sig1=:AAAA:, sha-256=:AAAA:
std::optional<std::map<std::string, std::string>> parse_byte_sequences(std::string_view field);
/// "..." with quotes and backslashes escaped.
std::string quoted(std::string_view text);

}  // namespace api
