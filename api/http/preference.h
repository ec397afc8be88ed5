#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace api {

/// The place among `offers` that an Accept or Accept-Language field likes best (RFC 9110 section 12.4.2): quality
/// first, then the order of the offers. Media ranges may end in "/*", languages match by prefix ("zh" takes "zh-CN").
/// Where the field is empty, likes nothing that is offered or cannot be read, the first offer stands.
std::size_t preferred(std::string_view field, std::span<const std::string_view> offers);

}  // namespace api
