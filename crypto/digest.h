#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016); both give 32 bytes.
enum class HashAlg { sha256, sm3 };

/// A 32-byte hash value.
struct Digest {
  std::array<unsigned char, 32> bytes{};

  /// The 32 raw bytes; valid while this object lives.
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  /// 64 lowercase hex digits.
  std::string hex() const;
  /// 44 characters, padded base 64.
  std::string base64() const;

  friend auto operator<=>(const Digest&, const Digest&) = default;

  /// Exactly 32 raw bytes.
  static std::optional<Digest> parse_raw(std::string_view bytes);
  /// Exactly 64 lowercase hex digits.
  static std::optional<Digest> parse_hex(std::string_view text);
  /// Exactly the canonical padded base 64 of 32 bytes.
  static std::optional<Digest> parse_base64(std::string_view text);
  /// 32 zero bytes: "no predecessor", "no commitments".
  static Digest zero() { return {}; }
};

/// Prints the hex form, so that test failures can be read.
std::ostream& operator<<(std::ostream& out, const Digest& digest);

/// Hash of one string, or of parts as if joined. Throws CryptoFault only if OpenSSL fails. Thread-safe.
Digest hash(HashAlg alg, std::string_view bytes);
Digest hash(HashAlg alg, std::initializer_list<std::string_view> parts);
Digest sha256(std::string_view bytes);
Digest sm3(std::string_view bytes);

/// Incremental hash for data that is not in memory at once. For one thread at a time.
class Hasher {
 public:
  explicit Hasher(HashAlg alg);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void update(std::string_view bytes);
  /// Gives the hash of all updates and starts anew.
  Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace crypto

/// A digest is uniform already: its first bytes serve as the hash of a container.
template <>
struct std::hash<crypto::Digest> {
  std::size_t operator()(const crypto::Digest& digest) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, digest.bytes.data(), sizeof value);
    return value;
  }
};
