#include "registry/log/tile.h"

#include <catch2/catch.hpp>

#include "registry/log/entry_bundle.h"
#include "registry/log/tile_path.h"

using namespace registry;

TEST_CASE("tile path: index 1234067 is x001/x234/067", "[log][tile]") {
  CHECK(format_tile_path({0, 1'234'067, kTileWidth}) == "tile/0/x001/x234/067");
  CHECK(format_tile_path({63, 0, 255}) == "tile/63/000.p/255");
  CHECK(format_tile_path({TilePath::kEntries, 1'000, 1}) == "tile/entries/x001/000.p/1");
}

TEST_CASE("tile path: reads what it writes", "[log][tile]") {
  for (const std::uint64_t index : {0ull, 7ull, 999ull, 1'000ull, 999'999ull, 1'000'000ull, 9'007'199'254'740'991ull})
    for (const int level : {TilePath::kEntries, 0, 1, 9, 63})
      for (const std::uint64_t width : {std::uint64_t{1}, std::uint64_t{255}, kTileWidth}) {
        const TilePath path{level, index, width};
        REQUIRE(parse_tile_path(format_tile_path(path)) == path);
      }
}

TEST_CASE("tile path: refuses every other spelling", "[log][tile]") {
  for (const auto* text : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/0/x000/001",
                           "tile/0/x001",
                           "tile/0/x001/",
                           "tile/0/001/002",
                           "tile/0/x001/x02/003",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/",
                           "tile/0/000.p/1/2",
                           "tile/0/000.p",
                           "/tile/0/000",
                           "tile/0/000/",
                           "tile/data/000",
                           "tile/Entries/000",
                           "tile/0/X001/002",
                           "tile/0/x009/x007/x199/x254/x740/992",
                           "tile/0/x001/x000/x000/x000/x000/x000/000"}) {
    INFO(text);
    CHECK(!parse_tile_path(text));
  }
}

TEST_CASE("tile width: a tree of 70,000 has the tiles its specification counts", "[log][tile]") {
  CHECK(tile_width(0, 272, 70'000) == kTileWidth);
  CHECK(tile_width(0, 273, 70'000) == 112);
  CHECK(tile_width(0, 274, 70'000) == 0);
  CHECK(tile_width(1, 0, 70'000) == kTileWidth);
  CHECK(tile_width(1, 1, 70'000) == 17);
  CHECK(tile_width(2, 0, 70'000) == 1);
  CHECK(tile_width(3, 0, 70'000) == 0);
  CHECK(tile_width(0, 0, 256) == kTileWidth);
  CHECK(tile_width(1, 0, 256) == 1);
  CHECK(tile_width(63, 0, 256) == 0);
}

TEST_CASE("entry bundle: puts a two-byte length before each leaf", "[log][tile]") {
  const std::vector<std::string> leaves{"ab", "", std::string(258, 'x')};
  const auto bytes = format_entry_bundle(leaves);
  CHECK(bytes == std::string("\0\2ab\0\0\1\2", 8) + leaves[2]);
  const auto read = parse_entry_bundle(bytes);
  REQUIRE(read);
  CHECK(std::vector<std::string>(read->begin(), read->end()) == leaves);
}

TEST_CASE("entry bundle: refuses lengths that do not meet the bytes", "[log][tile]") {
  CHECK(!parse_entry_bundle(std::string("\0", 1)));
  CHECK(!parse_entry_bundle(std::string("\0\3ab", 4)));
  CHECK(!parse_entry_bundle(std::string(2 * 257, '\0')));
  CHECK(parse_entry_bundle(std::string(2 * 256, '\0')));
  CHECK(parse_entry_bundle(""));
}
