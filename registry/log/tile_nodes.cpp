#include "registry/log/tile_nodes.h"

#include <utility>

#include "registry/base/ensure.h"
#include "registry/base/fault.h"

namespace registry {
namespace {

std::vector<crypto::Digest> split_hashes(std::string_view bytes) {
  std::vector<crypto::Digest> hashes;
  hashes.reserve(bytes.size() / 32);
  for (; !bytes.empty(); bytes.remove_prefix(32)) hashes.push_back(*crypto::Digest::parse_raw(bytes.substr(0, 32)));
  return hashes;
}

/// The complete nodes one level up.
std::vector<crypto::Digest> parents(const std::vector<crypto::Digest>& row) {
  std::vector<crypto::Digest> above;
  above.reserve(row.size() / 2);
  for (std::size_t i = 0; i + 1 < row.size(); i += 2) above.push_back(crypto::node_hash(row[i], row[i + 1]));
  return above;
}

}  // namespace

TileNodes::TileNodes(std::uint64_t size, Loader load) : size_(size), load_(std::move(load)) {}

const TileNodes::Rows& TileNodes::rows(int level, std::uint64_t index) {
  const auto found = tiles_.find({level, index});
  if (found != tiles_.end()) return found->second;
  const auto width = tile_width(level, index, size_);
  ensure(width != 0, "nodes are asked for within the tree");
  const auto bytes = load_(level, index, width);
  if (bytes.size() != width * 32) throw StoreFault(StoreError::corrupt, "a tile is absent or has another width");
  Rows rows{split_hashes(bytes)};
  while (rows.size() < 8) rows.push_back(parents(rows.back()));
  return tiles_.emplace(std::pair{level, index}, std::move(rows)).first->second;
}

crypto::Digest TileNodes::node(int height, std::uint64_t index) {
  const int row = height % 8;
  const int tile_bits = 8 - row;
  const auto& nodes = rows(height / 8, index >> tile_bits)[static_cast<std::size_t>(row)];
  const auto place = index & ((std::uint64_t{1} << tile_bits) - 1);
  ensure(place < nodes.size(), "only complete subtrees are asked for");
  return nodes[place];
}

crypto::NodeSource TileNodes::source() {
  return [this](int level, std::uint64_t index) { return node(level, index); };
}

}  // namespace registry
