#include "crypto/ec_signature.h"

#include <algorithm>

namespace crypto {

namespace {

constexpr Scalar kP256Order{0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                            0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                            0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

constexpr Scalar half(const Scalar& number) {
  Scalar halved{};
  unsigned carry = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const unsigned byte = carry << 8 | number[i];
    halved[i] = static_cast<unsigned char>(byte >> 1);
    carry = byte & 1;
  }
  return halved;
}

constexpr Scalar kP256HalfOrder = half(kP256Order);

Scalar subtract(const Scalar& from, const Scalar& number) {
  Scalar difference{};
  int borrow = 0;
  for (std::size_t i = number.size(); i-- > 0;) {
    const int byte = from[i] - number[i] - borrow;
    borrow = byte < 0 ? 1 : 0;
    difference[i] = static_cast<unsigned char>(byte & 0xff);
  }
  return difference;
}

/// Takes one INTEGER off the front.
std::optional<Scalar> take_integer(std::string_view& der) {
  if (der.size() < 3 || der[0] != 0x02) return std::nullopt;
  const auto length = static_cast<unsigned char>(der[1]);
  if (length == 0 || length > 33 || der.size() < 2U + length) return std::nullopt;
  std::string_view digits = der.substr(2, length);
  der.remove_prefix(2U + length);
  if (digits[0] & 0x80) return std::nullopt;
  if (digits[0] == 0) {
    // A zero in front is allowed only where the number would read as negative without it.
    if (digits.size() == 1 || !(digits[1] & 0x80)) return std::nullopt;
    digits.remove_prefix(1);
  }
  if (digits.size() > 32) return std::nullopt;
  Scalar scalar{};
  std::copy(digits.begin(), digits.end(), scalar.end() - static_cast<std::ptrdiff_t>(digits.size()));
  return scalar;
}

void append_integer(std::string& der, const Scalar& scalar) {
  const auto* first = std::find_if(scalar.begin(), scalar.end() - 1, [](unsigned char byte) { return byte != 0; });
  std::string digits(first, scalar.end());
  if (digits[0] & 0x80) digits.insert(digits.begin(), '\0');
  der += '\x02';
  der += static_cast<char>(digits.size());
  der += digits;
}

}  // namespace

std::optional<EcSignature> parse_ec_signature(std::string_view der) {
  // Two integers of at most 35 bytes: the length of the sequence is always one byte.
  if (der.size() < 2 || der[0] != 0x30 || static_cast<unsigned char>(der[1]) != der.size() - 2) return std::nullopt;
  if (der.size() - 2 > 70) return std::nullopt;
  der.remove_prefix(2);
  const std::optional<Scalar> r = take_integer(der);
  if (!r) return std::nullopt;
  const std::optional<Scalar> s = take_integer(der);
  if (!s || !der.empty()) return std::nullopt;
  return EcSignature{*r, *s};
}

std::string to_der(const EcSignature& signature) {
  std::string integers;
  append_integer(integers, signature.r);
  append_integer(integers, signature.s);
  std::string der = "\x30";
  der += static_cast<char>(integers.size());
  return der + integers;
}

bool is_below_order(const Scalar& number) { return number < kP256Order; }

bool has_low_s(const EcSignature& signature) { return signature.s <= kP256HalfOrder; }

EcSignature with_low_s(EcSignature signature) {
  if (!has_low_s(signature)) signature.s = subtract(kP256Order, signature.s);
  return signature;
}

}  // namespace crypto
