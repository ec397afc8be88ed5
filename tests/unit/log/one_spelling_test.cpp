#include <catch2/catch.hpp>
#include <random>

#include "author.h"
#include "registry/log/entry_bundle.h"
#include "registry/log/leaf.h"
#include "registry/log/tile_path.h"

using namespace registry;
using namespace registry::testing;

namespace {

constexpr unsigned kSeed = 20'260'131;
constexpr int kTrials = 5'000;

/// The text with one to three bytes changed, taken out, doubled or exchanged for one that is common there.
std::string mutate(std::string text, std::mt19937& random) {
  const std::string common = " \n0123456789abcdefx/,.-=+AZ\t\r";
  for (auto times = 1 + random() % 3; times > 0; --times) {
    const auto at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, 1);
        break;
      case 2:
        text.insert(at, 1, text[at]);
        break;
      default:
        text[at] = common[random() % common.size()];
    }
  }
  return text;
}

}  // namespace

// Whoever can write one value in two ways can make two ids for one entry, or two hashes for one leaf.

TEST_CASE("one spelling: a header that is read prints as the same bytes, however it was made", "[log][header]") {
  std::mt19937 random(kSeed);
  Author author(crypto::Suite::sm2_sm3, '1', "P-1");
  const auto good = author.sign("use.record", "{}").header_text;
  for (int i = 0; i < kTrials; ++i) {
    const auto text = mutate(good, random);
    const auto header = parse_header(text);
    if (header) REQUIRE(format_header(*header) == text);
  }
}

TEST_CASE("one spelling: a leaf that is read prints as the same bytes, however it was made", "[log][leaf]") {
  std::mt19937 random(kSeed);
  Author author(crypto::Suite::ed25519_sha256, '1', "P-1");
  auto entry = author.sign_batch("use.record", std::vector<std::string>(5, "{}")).at(2);
  entry.signatures.push_back(Author(crypto::Suite::sm2_sm3, '2', "P-1").cosign(entry));
  const auto good = format_leaf({7, {}, UtcTime{1'769'847'331'000}, 0, 2, {}}, entry.header_text, entry.signatures);
  for (int i = 0; i < kTrials; ++i) {
    const auto text = mutate(good, random);
    const auto leaf = parse_leaf(text);
    if (leaf) REQUIRE(format_leaf(*leaf) == text);
  }
}

TEST_CASE("one spelling: a tile path that is read prints as the same bytes", "[log][tile]") {
  std::mt19937 random(kSeed);
  for (int i = 0; i < kTrials; ++i) {
    const auto text = mutate(i % 2 == 0 ? "tile/1/x001/x234/067.p/12" : "tile/entries/x001/067", random);
    const auto path = parse_tile_path(text);
    if (path) REQUIRE(format_tile_path(*path) == text);
  }
}

TEST_CASE("one spelling: a bundle that is read is made of the same leaves", "[log][tile]") {
  std::mt19937 random(kSeed);
  const auto good = format_entry_bundle(std::vector<std::string>{"abc", "", "d", std::string(300, 'e')});
  for (int i = 0; i < kTrials; ++i) {
    const auto bytes = mutate(good, random);
    const auto leaves = parse_entry_bundle(bytes);
    if (leaves) REQUIRE(format_entry_bundle(std::vector<std::string>(leaves->begin(), leaves->end())) == bytes);
  }
}
