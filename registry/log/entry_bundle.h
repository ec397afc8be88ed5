#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// Leaves joined for tile/entries/<N> (c2sp.org/tlog-tiles): each with its length before it, two bytes big endian.
/// Needs leaves of at most kLeafBytesMax.
std::string format_entry_bundle(std::span<const std::string> leaves);

/// The leaves, as parts of `bytes`; nothing when lengths and bytes do not meet or there are more than kTileWidth.
std::optional<std::vector<std::string_view>> parse_entry_bundle(std::string_view bytes);

}  // namespace registry
