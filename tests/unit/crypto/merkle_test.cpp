#include "crypto/merkle.h"

#include <catch2/catch.hpp>

#include "samples.h"

using namespace crypto;
using samples::from_hex;

namespace {

// The data and roots that Certificate Transparency's implementations test with.
constexpr const char* kLeaves[] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
constexpr const char* kRoots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

using Path = std::vector<Digest>;

Path path_of(std::initializer_list<const char*> nodes) {
  Path path;
  for (const char* node : nodes) path.push_back(Digest::parse_hex(node).value());
  return path;
}

std::vector<Digest> known_leaves(std::size_t count = 8) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(from_hex(kLeaves[i])));
  return leaves;
}

std::vector<Digest> many_leaves(std::size_t count, HashAlg alg) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(std::to_string(i), alg));
  return leaves;
}

/// A store of complete subtrees, as a log keeps them; counts how often it is asked.
struct Store {
  std::vector<Digest> leaves;
  HashAlg alg;
  mutable int calls = 0;

  NodeSource source() const {
    return [this](int level, std::uint64_t index) {
      ++calls;
      const std::uint64_t width = std::uint64_t{1} << level;
      return tree_root(std::span(leaves).subspan(index * width, width), alg);
    };
  }
};

constexpr std::size_t kSizeMax = 70;

}  // namespace

TEST_CASE("merkle: roots of zero to eight leaves are the known ones", "[crypto][merkle]") {
  for (std::size_t count = 0; count <= 8; ++count) CHECK(tree_root(known_leaves(count)).hex() == kRoots[count]);
  CHECK(empty_root().hex() == kRoots[0]);
}

TEST_CASE("merkle: inclusion paths are the known ones", "[crypto][merkle]") {
  const char* h1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  const char* h23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  const char* h4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  const char* h4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  const char* h67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  CHECK(inclusion_path(known_leaves(1), 0).empty());
  CHECK(inclusion_path(known_leaves(8), 0) == path_of({h1, h23, h4567}));
  CHECK(inclusion_path(known_leaves(8), 5) == path_of({h4, h67, kRoots[4]}));
  CHECK(inclusion_path(known_leaves(3), 2) == path_of({kRoots[2]}));
  CHECK(inclusion_path(known_leaves(5), 1) == path_of({kRoots[1], h23, h4}));
}

TEST_CASE("merkle: consistency paths are the known ones", "[crypto][merkle]") {
  const char* h1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  const char* h23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  const char* h4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  const char* h4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  const char* h45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  const char* h67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  CHECK(consistency_path(known_leaves(1), 1).empty());
  CHECK(consistency_path(known_leaves(8), 0).empty());
  CHECK(consistency_path(known_leaves(8), 1) == path_of({h1, h23, h4567}));
  CHECK(consistency_path(known_leaves(8), 6) == path_of({h45, h67, kRoots[4]}));
  CHECK(consistency_path(known_leaves(5), 2) == path_of({h23, h4}));
}

TEST_CASE("merkle: every inclusion proof holds, and no other leaf, place, size or path", "[crypto][merkle]") {
  for (HashAlg alg : {HashAlg::sha256, HashAlg::sm3}) {
    const std::vector<Digest> all = many_leaves(kSizeMax, alg);
    std::size_t wrong = 0;
    for (std::size_t size = 1; size <= kSizeMax; ++size) {
      const std::span leaves = std::span(all).first(size);
      const Digest root = tree_root(leaves, alg);
      for (std::size_t index = 0; index < size; ++index) {
        Path path = inclusion_path(leaves, index, alg);
        if (!verify_inclusion(leaves[index], index, size, path, root, alg)) ++wrong;
        if (verify_inclusion(all[(index + 1) % kSizeMax], index, size, path, root, alg)) ++wrong;
        if (index > 0 && verify_inclusion(leaves[index], index - 1, size, path, root, alg)) ++wrong;
        if (verify_inclusion(leaves[index], index + 1, size, path, root, alg)) ++wrong;
        if (verify_inclusion(leaves[index], index, index, path, root, alg)) ++wrong;
        for (Digest& node : path) {
          node.bytes[7] ^= 1;
          if (verify_inclusion(leaves[index], index, size, path, root, alg)) ++wrong;
          node.bytes[7] ^= 1;
        }
        path.push_back(root);
        if (root_from_inclusion(leaves[index], index, size, path, alg)) ++wrong;
        path.resize(path.size() - 1);
        if (!path.empty()) {
          path.pop_back();
          if (root_from_inclusion(leaves[index], index, size, path, alg)) ++wrong;
        }
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("merkle: every consistency proof holds, and no other root, size or path", "[crypto][merkle]") {
  const HashAlg alg = HashAlg::sha256;
  const std::vector<Digest> all = many_leaves(kSizeMax, alg);
  std::vector<Digest> roots;
  for (std::size_t size = 0; size <= kSizeMax; ++size) roots.push_back(tree_root(std::span(all).first(size)));
  std::size_t wrong = 0;
  for (std::size_t to = 0; to <= kSizeMax; ++to) {
    for (std::size_t from = 0; from <= to; ++from) {
      Path path = consistency_path(std::span(all).first(to), from);
      if (!verify_consistency(from, to, path, roots[from], roots[to])) ++wrong;
      if (verify_consistency(from, to, path, leaf_hash("x"), roots[to])) ++wrong;
      if (from > 0 && verify_consistency(from, to, path, roots[from], leaf_hash("x"))) ++wrong;
      if (from < to && verify_consistency(to, from, path, roots[to], roots[from])) ++wrong;
      for (Digest& node : path) {
        node.bytes[0] ^= 1;
        if (verify_consistency(from, to, path, roots[from], roots[to])) ++wrong;
        node.bytes[0] ^= 1;
      }
      path.push_back(roots[to]);
      if (verify_consistency(from, to, path, roots[from], roots[to])) ++wrong;
      path.pop_back();
      if (!path.empty()) path.pop_back();
      if (from != 0 && from != to && verify_consistency(from, to, path, roots[from], roots[to])) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("merkle: stored nodes give the same roots and paths as leaves", "[crypto][merkle]") {
  const HashAlg alg = HashAlg::sm3;
  const Store store{many_leaves(kSizeMax, alg), alg};
  std::size_t wrong = 0;
  for (std::size_t size = 0; size <= kSizeMax; ++size) {
    const std::span leaves = std::span(store.leaves).first(size);
    if (root_of(size, store.source(), alg) != tree_root(leaves, alg)) ++wrong;
    for (std::size_t i = 0; i < size; ++i) {
      if (inclusion_path(i, size, store.source(), alg) != inclusion_path(leaves, i, alg)) ++wrong;
    }
    for (std::size_t i = 0; i <= size; ++i) {
      if (consistency_path(i, size, store.source(), alg) != consistency_path(leaves, i, alg)) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("merkle: a large stored tree is asked for few nodes", "[crypto][merkle]") {
  int calls = 0;
  const NodeSource source = [&calls](int level, std::uint64_t index) {
    ++calls;
    return sha256(std::to_string(level) + "/" + std::to_string(index));
  };
  const std::uint64_t size = (std::uint64_t{1} << 40) - 1;
  root_of(size, source);
  CHECK(calls <= 40);
  calls = 0;
  CHECK(inclusion_path(12345, size, source).size() == 40);
  CHECK(calls <= 80);
  calls = 0;
  consistency_path(size / 3, size, source);
  CHECK(calls <= 120);
}

TEST_CASE("merkle: a leaf cannot pass for a node", "[crypto][merkle]") {
  const Digest left = leaf_hash("a");
  const Digest right = leaf_hash("b");
  const std::string joined = std::string(left.view()) + std::string(right.view());
  CHECK(node_hash(left, right) == sha256('\x01' + joined));
  CHECK(leaf_hash(joined) == sha256('\0' + joined));
  CHECK(leaf_hash(joined) != node_hash(left, right));
}

TEST_CASE("merkle: proofs with absurd numbers are refused and end soon", "[crypto][merkle]") {
  const std::uint64_t most = ~std::uint64_t{0};
  const Path path(64, Digest::zero());
  CHECK_FALSE(verify_inclusion(Digest::zero(), most, most, path, Digest::zero()));
  CHECK_FALSE(root_from_inclusion(Digest::zero(), most - 1, most, path).has_value());
  CHECK(root_from_inclusion(Digest::zero(), most - 1, most, std::span(path).first(63)).has_value());
  CHECK(root_from_inclusion(Digest::zero(), 0, most, path).has_value());
  CHECK_FALSE(verify_inclusion(Digest::zero(), 0, 0, {}, empty_root()));
  CHECK_FALSE(verify_consistency(most - 1, most, path, Digest::zero(), Digest::zero()));
  CHECK_FALSE(verify_consistency(1, most, {}, Digest::zero(), Digest::zero()));
  CHECK_FALSE(verify_consistency(0, 5, {}, Digest::zero(), Digest::zero()));
  CHECK(verify_consistency(0, 5, {}, empty_root(), Digest::zero()));
}

TEST_CASE("merkle: asking for what is not there is a mistake of the caller", "[crypto][merkle]") {
  CHECK_THROWS_AS(inclusion_path(known_leaves(3), 3), std::out_of_range);
  CHECK_THROWS_AS(consistency_path(known_leaves(3), 4), std::out_of_range);
}
