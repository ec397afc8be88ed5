#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "registry/log/tile.h"

namespace registry {

/// The growing tree as the sequencer holds it: its right edge, the nodes made since the last mark, and the tiles that
/// became full. A value of a few kilobytes: copy it to try a batch. For one thread at a time.
class LogTree {
 public:
  /// Gives `count` stored hashes of a tile level from position `first` on: at level 0 leaf hashes, at level n the roots
  /// of the full tiles `first`, `first + 1` ... of level n - 1. Asked for fewer than 256 a level.
  using EdgeLoader = std::function<std::vector<crypto::Digest>(int level, std::uint64_t first, std::uint64_t count)>;

  /// The empty tree.
  LogTree() = default;
  /// A tree of `size` leaves from its stored right edge: O(log size) calls of `load`. Throws StoreFault corrupt when
  /// the loader gives another count. Marked at `size`.
  LogTree(std::uint64_t size, const EdgeLoader& load);

  std::uint64_t size() const { return size_; }
  void append(const crypto::Digest& leaf_hash);
  /// Root at the current size.
  crypto::Digest root() const;
  /// Audit path at the current size, sibling first. Needs marked() <= index < size().
  std::vector<crypto::Digest> path(std::uint64_t index) const;

  /// Forgets what only earlier entries' paths need; called once their receipts are made.
  void mark();
  std::uint64_t marked() const { return marked_; }

  /// Full tiles since the last call, lower levels before the higher ones they complete.
  std::vector<Tile> take_completed();

 private:
  static constexpr std::size_t kHeightMax = 64;
  /// Complete nodes of one level from index `base` on.
  struct Level {
    std::uint64_t base = 0;
    std::vector<crypto::Digest> nodes;
    const crypto::Digest& at(std::uint64_t index) const { return nodes[index - base]; }
  };

  void add_node(std::size_t height, std::uint64_t index, const crypto::Digest& hash);
  void load_tile_level(std::size_t level, const std::vector<crypto::Digest>& hashes);
  void fold_edge() const;

  std::uint64_t size_ = 0;
  std::uint64_t marked_ = 0;
  std::array<Level, kHeightMax> levels_;
  /// Hashes of the not yet full tile of each tile level.
  std::array<std::string, kHeightMax / 8> partial_;
  std::vector<Tile> completed_;
  /// Hash of the ragged subtree right of the complete nodes of each level, for the current size; made when asked for.
  mutable std::array<std::optional<crypto::Digest>, kHeightMax> ragged_;
  mutable bool folded_ = false;
};

}  // namespace registry
