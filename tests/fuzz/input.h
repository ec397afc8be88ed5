#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// What every target needs: the input as text, and a claim that ends the run when it does not hold.
namespace fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void claim(bool holds) {
  if (!holds) std::abort();
}

}  // namespace fuzz
