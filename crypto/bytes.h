#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crypto {

/// The bytes of a string as C libraries want them.
inline const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* data_of(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// Eight bytes, most significant first.
std::string big_endian(std::uint64_t value);
/// Needs eight bytes.
std::uint64_t read_big_endian(std::string_view bytes);

}  // namespace crypto
