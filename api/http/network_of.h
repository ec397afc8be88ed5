#pragma once

#include <string>
#include <string_view>

namespace api {

/// What counts as one client where clients are counted: an IPv4 address itself; of an IPv6 address the /64 network, for
/// one subscriber has all addresses of it. Any other text as it stands.
std::string network_of(std::string_view address);

}  // namespace api
