#include "api/http/network_of.h"

#include <arpa/inet.h>

#include <array>

#include "crypto/encoding.h"

namespace api {
namespace {

constexpr std::size_t kNetworkBytes = 8;
/// ::ffff:0:0/96, an IPv4 address in the clothes of the other family.
constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);

}  // namespace

std::string network_of(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));
  std::array<char, 16> bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return std::string(address);
  const std::string_view raw(bytes.data(), bytes.size());
  return crypto::to_hex(raw.starts_with(kMapped) ? raw.substr(kMapped.size()) : raw.substr(0, kNetworkBytes));
}

}  // namespace api
