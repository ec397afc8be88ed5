#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/log/tile.h"

namespace registry {

/// Names a tile or an entry bundle as c2sp.org/tlog-tiles does: tile/<L>/<N>[.p/<W>] or tile/entries/<N>[.p/<W>].
struct TilePath {
  /// kEntries stands for entry bundles.
  static constexpr int kEntries = -1;
  int level = 0;
  std::uint64_t index = 0;
  /// Hashes or entries in it; kTileWidth for a full one, 1 to 255 for a partial one.
  std::uint64_t width = kTileWidth;
  friend bool operator==(const TilePath&, const TilePath&) = default;
};

/// tile/0/x001/x234/067 for index 1234067.
std::string format_tile_path(const TilePath& path);

/// Strict: the one spelling of each path; levels 0 to 63, indexes up to kIndexMax.
std::optional<TilePath> parse_tile_path(std::string_view text);

}  // namespace registry
