#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/digest.h"

namespace registry {

// Tiles of c2sp.org/tlog-tiles: eight tree levels each. Level 0 holds leaf hashes, level n roots of full tiles below.

inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr std::size_t kTileBytes = kTileWidth * 32;

/// A full tile; never changes once written.
struct Tile {
  int level = 0;
  std::uint64_t index = 0;
  /// kTileBytes: 256 hashes.
  std::string hashes;
  /// The hash over them, one of the level above.
  crypto::Digest root;
};

/// Hashes in tile `index` of `level` in a tree of `size` leaves: 0 when it does not exist, kTileWidth when full.
std::uint64_t tile_width(int level, std::uint64_t index, std::uint64_t size);

}  // namespace registry
