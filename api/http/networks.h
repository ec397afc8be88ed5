#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace api {

/// An address of either family as 16 bytes; an IPv4 address as ::ffff:a.b.c.d, however it was written.
using AddressBytes = std::array<unsigned char, 16>;

/// "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; nothing for any other text, a name or a port among them.
std::optional<AddressBytes> parse_address(std::string_view text);
/// As inet_ntop writes it, IPv4 dotted.
std::string address_text(const AddressBytes& address);

/// A set of networks.
class Networks {
 public:
  /// Adds an address or "10.1.0.0/16"; false when the text is neither, or has bits set behind the prefix.
  bool add(std::string_view text);
  bool contains(std::string_view address) const;
  bool empty() const { return networks_.empty(); }

 private:
  struct Network {
    AddressBytes address;
    unsigned bits;
  };
  std::vector<Network> networks_;
};

/// 127.0.0.0/8 and ::1, and the name localhost.
bool is_loopback(std::string_view address);

}  // namespace api
