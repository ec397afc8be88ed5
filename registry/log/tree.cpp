#include "registry/log/tree.h"

#include <algorithm>
#include <span>
#include <utility>

#include "crypto/merkle.h"
#include "registry/base/ensure.h"
#include "registry/base/fault.h"

namespace registry {
namespace {

constexpr std::uint64_t even_below(std::uint64_t index) { return index & ~std::uint64_t{1}; }

}  // namespace

std::uint64_t tile_width(int level, std::uint64_t index, std::uint64_t size) {
  if (level > 7) return 0;
  const std::uint64_t hashes = size >> (8 * level);
  if (index > hashes / kTileWidth) return 0;
  return std::min(kTileWidth, hashes - index * kTileWidth);
}

LogTree::LogTree(std::uint64_t size, const EdgeLoader& load) : size_(size), marked_(size) {
  for (std::size_t height = 0; height < kHeightMax; ++height) levels_[height].base = even_below(size >> height);
  for (std::size_t level = 0; level < 8 && size >> (8 * level) != 0; ++level) {
    const std::uint64_t hashes = size >> (8 * level);
    const std::uint64_t count = hashes % kTileWidth;
    if (count == 0) continue;
    const auto edge = load(static_cast<int>(level), hashes - count, count);
    if (edge.size() != count) throw StoreFault(StoreError::corrupt, "the tree's right edge is incomplete");
    load_tile_level(level, edge);
  }
}

/// A partial tile's width in binary says which of its subtrees are complete, widest first.
void LogTree::load_tile_level(std::size_t level, const std::vector<crypto::Digest>& hashes) {
  for (const auto& hash : hashes) partial_[level].append(hash.view());
  std::span<const crypto::Digest> rest = hashes;
  for (std::size_t bit = 8; bit-- > 0;) {
    const std::size_t width = std::size_t{1} << bit;
    if ((hashes.size() & width) == 0) continue;
    levels_[8 * level + bit].nodes = {crypto::tree_root(rest.first(width))};
    rest = rest.subspan(width);
  }
}

void LogTree::append(const crypto::Digest& leaf_hash) {
  auto node = leaf_hash;
  auto index = size_++;
  folded_ = false;
  for (std::size_t height = 0;; ++height, index /= 2) {
    add_node(height, index, node);
    if (index % 2 == 0) return;
    node = crypto::node_hash(levels_[height].at(index - 1), node);
  }
}

/// A node of height 8, 16 ... is the root of a tile that its last hash has just filled.
void LogTree::add_node(std::size_t height, std::uint64_t index, const crypto::Digest& hash) {
  levels_[height].nodes.push_back(hash);
  if (height % 8 != 0) return;
  const std::size_t level = height / 8;
  partial_[level].append(hash.view());
  if (level == 0) return;
  auto& full = partial_[level - 1];
  ensure(full.size() == kTileBytes, "a tile's root is made when the tile is full");
  completed_.push_back({static_cast<int>(level) - 1, index, std::move(full), hash});
  full.clear();
}

void LogTree::fold_edge() const {
  if (folded_) return;
  ragged_[0].reset();
  for (std::size_t height = 0; height + 1 < kHeightMax; ++height) {
    const std::uint64_t complete = size_ >> height;
    auto& above = ragged_[height + 1];
    above = ragged_[height];
    if (complete % 2 == 0) continue;
    const auto& peak = levels_[height].at(complete - 1);
    above = above ? crypto::node_hash(peak, *above) : peak;
  }
  folded_ = true;
}

crypto::Digest LogTree::root() const {
  fold_edge();
  const auto& whole = ragged_[kHeightMax - 1];
  return whole ? *whole : crypto::empty_root();
}

std::vector<crypto::Digest> LogTree::path(std::uint64_t index) const {
  ensure(marked_ <= index && index < size_, "paths are for entries since the last mark");
  fold_edge();
  std::vector<crypto::Digest> path;
  path.reserve(32);
  for (std::size_t height = 0; (size_ - 1) >> height != 0; ++height) {
    const std::uint64_t sibling = (index >> height) ^ 1;
    const std::uint64_t complete = size_ >> height;
    if (sibling < complete)
      path.push_back(levels_[height].at(sibling));
    else if (sibling == complete && ragged_[height])
      path.push_back(*ragged_[height]);
  }
  return path;
}

void LogTree::mark() {
  for (std::size_t height = 0; height < kHeightMax; ++height) {
    auto& level = levels_[height];
    const std::uint64_t base = even_below(size_ >> height);
    level.nodes.erase(level.nodes.begin(), level.nodes.begin() + static_cast<std::ptrdiff_t>(base - level.base));
    level.base = base;
  }
  marked_ = size_;
}

std::vector<Tile> LogTree::take_completed() { return std::exchange(completed_, {}); }

}  // namespace registry
