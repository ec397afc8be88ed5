#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace registry {

/// A number as a text key column holds it: at least `digits` digits, zeros in front, so that text order is number
/// order. Whoever writes such a row and whoever looks it up must spell it the same.
inline std::string number_key(std::int64_t n, std::size_t digits) {
  const std::string text = std::to_string(n);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

/// A log index, or a place in a chain.
inline std::string index_key(std::int64_t index) { return number_key(index, 10); }

}  // namespace registry
