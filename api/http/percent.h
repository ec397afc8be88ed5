#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "registry/base/result.h"

namespace api {

/// Percent-decodes once (RFC 3986 section 2.1). Nothing for a bad escape, a control character, or bytes that are not
/// UTF-8.
std::optional<std::string> percent_decode(std::string_view text);

/// Everything but the unreserved characters of RFC 3986 section 2.3 as %XX.
std::string percent_encode(std::string_view text);

/// One path segment: as above, and neither ".", ".." nor with a "/" or "\" inside, so that no decoded path climbs.
std::optional<std::string> decode_segment(std::string_view text);

/// "a=1&b=x+y" as a map, "+" for a blank. Refuses with malformed-request: an empty or repeated name, a bad escape.
registry::Result<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view text);

}  // namespace api
