#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "crypto/digest.h"
#include "crypto/merkle.h"
#include "registry/log/tile.h"

namespace registry {

/// Nodes of a stored tree, for proofs of any index and size up to its own. Keeps each tile it has read with the hashes
/// inside it. For one thread at a time; as short-lived as its answer.
class TileNodes {
 public:
  /// `width` hashes (32 bytes each) of a tile: kTileWidth asks for a full one, fewer for the right edge at `size`.
  /// At level 0 hashes are leaf hashes, above roots of full tiles of the level below.
  using Loader = std::function<std::string(int level, std::uint64_t index, std::uint64_t width)>;

  /// `size` is the stored tree's; proofs may be asked for smaller ones.
  TileNodes(std::uint64_t size, Loader load);

  /// Hash of a complete subtree of 2^height leaves. Throws StoreFault corrupt when a tile is absent or too short.
  crypto::Digest node(int height, std::uint64_t index);
  /// For crypto::root_of, inclusion_path and consistency_path; borrows this object.
  crypto::NodeSource source();

 private:
  using Rows = std::vector<std::vector<crypto::Digest>>;
  const Rows& rows(int level, std::uint64_t index);

  std::uint64_t size_;
  Loader load_;
  std::map<std::pair<int, std::uint64_t>, Rows> tiles_;
};

}  // namespace registry
