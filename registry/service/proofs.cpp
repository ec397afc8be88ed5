#include "registry/service/proofs.h"

#include "crypto/merkle.h"
#include "registry/log/leaf.h"

namespace registry {
namespace {

std::string leaf_hashes(Reader& reader, std::uint64_t first, std::uint64_t width) {
  std::string hashes;
  hashes.reserve(width * 32);
  for (const EntryRow& entry : reader.entries(static_cast<std::int64_t>(first), width))
    hashes += leaf_hash(entry.leaf).view();
  return hashes;
}

std::string tile_roots(Reader& reader, int level, std::uint64_t first, std::uint64_t width) {
  std::string hashes;
  for (std::uint64_t i = first; i < first + width; ++i) {
    const auto tile = reader.tile(level, i);
    if (!tile) throw StoreFault(StoreError::corrupt, "a tile is missing");
    hashes += tile->root.view();
  }
  return hashes;
}

Check within(std::uint64_t size, Reader& reader) {
  if (size > static_cast<std::uint64_t>(reader.state().size))
    return refuse("not-found").with("what", "tree of size " + std::to_string(size));
  return Accepted{};
}

}  // namespace

std::string tile_hashes(Reader& reader, int level, std::uint64_t index, std::uint64_t width) {
  if (width == kTileWidth) {
    const auto tile = reader.tile(level, index);
    if (!tile) throw StoreFault(StoreError::corrupt, "a tile is missing");
    return tile->hashes;
  }
  std::string hashes = level == 0 ? leaf_hashes(reader, index * kTileWidth, width)
                                  : tile_roots(reader, level - 1, index * kTileWidth, width);
  if (hashes.size() != width * 32) throw StoreFault(StoreError::corrupt, "the right edge of the tree is short");
  return hashes;
}

TileNodes stored_nodes(Reader& reader) {
  return TileNodes(static_cast<std::uint64_t>(reader.state().size),
                   [&reader](int level, std::uint64_t index, std::uint64_t width) {
                     return tile_hashes(reader, level, index, width);
                   });
}

Result<std::vector<crypto::Digest>> inclusion_proof(Reader& reader, std::uint64_t index, std::uint64_t size) {
  TRY(within(size, reader));
  if (index >= size) return refuse("not-found").with("what", "entry " + std::to_string(index));
  TileNodes nodes = stored_nodes(reader);
  return crypto::inclusion_path(index, size, nodes.source());
}

Result<std::vector<crypto::Digest>> consistency_proof(Reader& reader, std::uint64_t from, std::uint64_t to) {
  TRY(within(to, reader));
  if (from > to) return refuse("not-found").with("what", "tree of size " + std::to_string(from));
  TileNodes nodes = stored_nodes(reader);
  return crypto::consistency_path(from, to, nodes.source());
}

}  // namespace registry
