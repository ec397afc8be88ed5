#include "registry/log/tree.h"

#include <catch2/catch.hpp>
#include <map>
#include <span>

#include "crypto/merkle.h"
#include "registry/base/fault.h"
#include "registry/log/tile_nodes.h"

using namespace registry;
using crypto::Digest;

namespace {

constexpr std::uint64_t kLeaves = 600;

std::vector<Digest> leaves(std::uint64_t count = kLeaves) {
  std::vector<Digest> out;
  for (std::uint64_t i = 0; i < count; ++i) out.push_back(crypto::leaf_hash("leaf " + std::to_string(i)));
  return out;
}

/// What a store holds: all leaf hashes, and the full tiles.
struct Stored {
  std::vector<Digest> hashes;
  std::map<std::pair<int, std::uint64_t>, Tile> tiles;

  std::vector<Digest> edge(int level, std::uint64_t first, std::uint64_t count) const {
    std::vector<Digest> out;
    for (auto i = first; i < first + count; ++i) out.push_back(level == 0 ? hashes[i] : tiles.at({level - 1, i}).root);
    return out;
  }
  void keep(LogTree& tree) {
    for (auto& tile : tree.take_completed()) tiles[{tile.level, tile.index}] = tile;
  }
  std::string load(int level, std::uint64_t index, std::uint64_t width) const {
    if (width == kTileWidth) return tiles.at({level, index}).hashes;
    std::string bytes;
    for (const auto& hash : edge(level, index * kTileWidth, width)) bytes.append(hash.view());
    return bytes;
  }
};

Stored stored_log(std::uint64_t count) {
  Stored stored{leaves(count), {}};
  LogTree tree;
  for (const auto& hash : stored.hashes) tree.append(hash);
  stored.keep(tree);
  return stored;
}

}  // namespace

TEST_CASE("tree: its root is RFC 6962's at every size", "[log][tree]") {
  const auto all = leaves();
  LogTree tree;
  CHECK(tree.root() == crypto::empty_root());
  for (std::uint64_t size = 1; size <= all.size(); ++size) {
    tree.append(all[size - 1]);
    if (size % 3 == 0) tree.mark();
    REQUIRE(tree.size() == size);
    REQUIRE(tree.root() == crypto::tree_root(std::span(all).first(size)));
  }
}

TEST_CASE("tree: goes on from its stored right edge at every size", "[log][tree]") {
  const auto stored = stored_log(kLeaves + 100);
  const std::span<const Digest> all = stored.hashes;
  for (std::uint64_t size = 0; size <= kLeaves; ++size) {
    int calls = 0;
    LogTree tree(size, [&](int level, std::uint64_t first, std::uint64_t count) {
      ++calls;
      return stored.edge(level, first, count);
    });
    REQUIRE(calls <= 2);
    REQUIRE(tree.root() == (size == 0 ? crypto::empty_root() : crypto::tree_root(all.first(size))));
    const std::uint64_t grown = size + 1 + size % 100;
    for (auto i = size; i < grown; ++i) tree.append(all[i]);
    REQUIRE(tree.root() == crypto::tree_root(all.first(grown)));
    REQUIRE(tree.path(size) == crypto::inclusion_path(all.first(grown), size));
    for (const auto& tile : tree.take_completed())
      REQUIRE(tile.hashes == stored.tiles.at({tile.level, tile.index}).hashes);
  }
}

TEST_CASE("tree: refuses an incomplete right edge", "[log][tree]") {
  CHECK_THROWS_AS(LogTree(5, [](int, std::uint64_t, std::uint64_t) { return std::vector<Digest>(4); }), StoreFault);
}

TEST_CASE("tree: gives the paths of every entry of a batch", "[log][tree]") {
  const auto all = leaves();
  const auto start = GENERATE(std::uint64_t{0}, 1u, 2u, 7u, 8u, 200u, 255u, 256u, 257u, 299u);
  const auto count = GENERATE(std::uint64_t{1}, 2u, 3u, 56u, 57u, 100u, 255u, 256u, 257u, 300u);
  LogTree tree;
  for (std::uint64_t i = 0; i < start; ++i) tree.append(all[i]);
  tree.mark();
  for (auto i = start; i < start + count; ++i) tree.append(all[i]);
  const auto grown = std::span(all).first(start + count);
  for (auto i = start; i < start + count; ++i) REQUIRE(tree.path(i) == crypto::inclusion_path(grown, i));
}

TEST_CASE("tree: hands out each full tile once, with its root, lower levels first", "[log][tree]") {
  const std::uint64_t count = 65'536 + 300;
  LogTree tree;
  std::vector<Tile> tiles;
  for (std::uint64_t i = 0; i < count; ++i) {
    tree.append(crypto::sha256(std::to_string(i)));
    if (i % 700 != 0) continue;
    tree.mark();
    for (auto& tile : tree.take_completed()) tiles.push_back(std::move(tile));
  }
  for (auto& tile : tree.take_completed()) tiles.push_back(std::move(tile));
  REQUIRE(tiles.size() == 257 + 1);
  CHECK(tiles[255].level == 0);
  CHECK(tiles[256].level == 1);
  CHECK(tiles[257].index == 256);
  for (const auto& tile : {tiles[0], tiles[255], tiles[256]}) {
    std::vector<Digest> hashes;
    for (std::size_t i = 0; i < 256; ++i) hashes.push_back(*Digest::parse_raw(tile.hashes.substr(i * 32, 32)));
    CHECK(crypto::tree_root(hashes) == tile.root);
  }
  CHECK(tiles[256].hashes.substr(0, 32) == tiles[0].root.view());
}

TEST_CASE("tile nodes: give RFC 6962 roots and proofs of any smaller size", "[log][tree]") {
  const auto stored = stored_log(kLeaves);
  const std::span<const Digest> all = stored.hashes;
  TileNodes nodes(kLeaves, [&](int l, std::uint64_t i, std::uint64_t w) { return stored.load(l, i, w); });
  const auto source = nodes.source();
  for (std::uint64_t size = 1; size <= kLeaves; size += 13) {
    const auto tree = all.first(size);
    REQUIRE(crypto::root_of(size, source) == crypto::tree_root(tree));
    for (std::uint64_t i = 0; i < size; i += 37)
      REQUIRE(crypto::inclusion_path(i, size, source) == crypto::inclusion_path(tree, i));
    for (std::uint64_t from = 0; from <= size; from += 41)
      REQUIRE(crypto::consistency_path(from, size, source) == crypto::consistency_path(tree, from));
  }
}

TEST_CASE("tile nodes: a missing tile is a corrupt store, not a wrong proof", "[log][tree]") {
  TileNodes nodes(300, [](int, std::uint64_t, std::uint64_t) { return std::string(); });
  CHECK_THROWS_AS(nodes.node(0, 0), StoreFault);
}
