#pragma once

// DER of the pair (r, s), as ECDSA and SM2 signatures write it. For the .cpp files of this folder only.

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// A number below 2^256, big endian.
using Scalar = std::array<unsigned char, 32>;

struct EcSignature {
  Scalar r{};
  Scalar s{};
};

/// Strict DER: shortest lengths, shortest positive integers, nothing after. Zero and values of 2^256 and more are
/// refused here, values from the group order on by the signature check.
std::optional<EcSignature> parse_ec_signature(std::string_view der);
std::string to_der(const EcSignature& signature);

/// True if the number is below the order n of P-256.
bool is_below_order(const Scalar& number);
/// True if s <= n/2 on P-256. Of the two signatures (r, s) and (r, n - s) one is enough.
bool has_low_s(const EcSignature& signature);
/// The same signature with low s. Needs s < n.
EcSignature with_low_s(EcSignature signature);

}  // namespace crypto
