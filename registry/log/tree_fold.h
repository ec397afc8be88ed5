#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "registry/log/tile.h"

namespace registry::verifying {

/// RFC 6962's tree as a binary counter of complete subtrees. On purpose not LogTree: what the writer built is checked
/// by other code.
class TreeFold {
 public:
  /// Adds a leaf hash; gives the tiles it fills, lower levels first.
  std::vector<Tile> add(const crypto::Digest& leaf_hash);
  std::uint64_t size() const { return size_; }
  crypto::Digest root() const;

 private:
  std::uint64_t size_ = 0;
  /// Complete subtree of 2^i leaves, where bit i of the size is set.
  std::array<crypto::Digest, 64> peaks_;
  std::array<std::string, 8> tiles_;
};

}  // namespace registry::verifying
