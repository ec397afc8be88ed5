#include "api/http/networks.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "api/http/text.h"

namespace api {
namespace {

constexpr unsigned kBits = 128, kBits4 = 32;

bool is_mapped(const AddressBytes& address) {
  static constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

/// True when the first `bits` are those of both.
bool same_prefix(const AddressBytes& a, const AddressBytes& b, unsigned bits) {
  const std::size_t whole = bits / 8, rest = bits % 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  if (rest == 0) return true;
  return (a.at(whole) ^ b.at(whole)) >> (8 - rest) == 0;
}

AddressBytes cut_to(AddressBytes address, unsigned bits) {
  for (unsigned i = bits; i < kBits; ++i) address.at(i / 8) &= static_cast<unsigned char>(~(0x80U >> (i % 8)));
  return address;
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const std::string copy(text);
  AddressBytes out{};
  if (::inet_pton(AF_INET6, copy.c_str(), out.data()) == 1 && copy.size() == text.size()) return out;
  out = {};
  out[10] = out[11] = 0xff;
  if (copy.find('\0') == std::string::npos && ::inet_pton(AF_INET, copy.c_str(), out.data() + 12) == 1) return out;
  return {};
}

std::string address_text(const AddressBytes& address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (is_mapped(address))
    ::inet_ntop(AF_INET, address.data() + 12, out.data(), out.size());
  else
    ::inet_ntop(AF_INET6, address.data(), out.data(), out.size());
  return out.data();
}

bool Networks::add(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return false;
  unsigned bits = kBits;
  if (slash != std::string_view::npos) {
    const std::string_view number = text.substr(slash + 1);
    const unsigned most = is_mapped(*address) ? kBits4 : kBits;
    if (!is_digits(number) || number.size() > 3) return false;
    std::from_chars(number.data(), number.data() + number.size(), bits);
    if (bits > most) return false;
    bits += kBits - most;
  }
  if (cut_to(*address, bits) != *address) return false;
  networks_.push_back({*address, bits});
  return true;
}

bool Networks::contains(std::string_view text) const {
  const auto address = parse_address(text);
  return address && std::any_of(networks_.begin(), networks_.end(),
                                [&](const Network& each) { return same_prefix(each.address, *address, each.bits); });
}

bool is_loopback(std::string_view address) {
  if (address == "localhost") return true;
  static const Networks kLoopback = [] {
    Networks out;
    out.add("127.0.0.0/8");
    out.add("::1");
    return out;
  }();
  return kLoopback.contains(address);
}

}  // namespace api
