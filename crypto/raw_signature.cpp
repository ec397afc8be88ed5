#include "crypto/raw_signature.h"

#include <algorithm>

#include "crypto/ec_signature.h"

namespace crypto {
namespace {

bool is_zero(const Scalar& number) {
  return std::all_of(number.begin(), number.end(), [](unsigned char byte) { return byte == 0; });
}

}  // namespace

std::optional<std::string> from_raw_p256(std::string_view raw) {
  EcSignature out;
  const auto half = static_cast<std::ptrdiff_t>(out.r.size());
  if (raw.size() != out.r.size() + out.s.size()) return {};
  std::copy(raw.begin(), raw.begin() + half, out.r.begin());
  std::copy(raw.begin() + half, raw.end(), out.s.begin());
  if (is_zero(out.r) || is_zero(out.s) || !is_below_order(out.r) || !is_below_order(out.s)) return {};
  return to_der(with_low_s(out));
}

std::optional<std::string> to_raw_p256(std::string_view der) {
  const auto signature = parse_ec_signature(der);
  if (!signature) return {};
  std::string out(signature->r.begin(), signature->r.end());
  return out.append(signature->s.begin(), signature->s.end());
}

}  // namespace crypto
