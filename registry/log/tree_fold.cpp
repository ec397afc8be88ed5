#include "registry/log/tree_fold.h"

#include <utility>

#include "crypto/merkle.h"

namespace registry::verifying {

std::vector<Tile> TreeFold::add(const crypto::Digest& leaf_hash) {
  std::vector<Tile> full;
  auto node = leaf_hash;
  std::size_t height = 0;
  for (auto place = size_;; place /= 2, ++height) {
    if (height % 8 == 0 && height > 0)
      full.push_back({static_cast<int>(height / 8) - 1, place, std::exchange(tiles_[height / 8 - 1], {}), node});
    if (height % 8 == 0) tiles_[height / 8].append(node.view());
    if (place % 2 == 0) break;
    node = crypto::node_hash(peaks_[height], node);
  }
  peaks_[height] = node;
  ++size_;
  return full;
}

crypto::Digest TreeFold::root() const {
  if (size_ == 0) return crypto::empty_root();
  std::size_t height = 0;
  while ((size_ >> height) % 2 == 0) ++height;
  auto root = peaks_[height];
  for (++height; size_ >> height != 0; ++height)
    if ((size_ >> height) % 2 == 1) root = crypto::node_hash(peaks_[height], root);
  return root;
}

}  // namespace registry::verifying
