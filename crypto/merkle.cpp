#include "crypto/merkle.h"

#include <bit>
#include <stdexcept>

namespace crypto {

namespace {

constexpr std::string_view kLeafPrefix{"\x00", 1};
constexpr std::string_view kNodePrefix{"\x01", 1};

/// A tree without its storage: gives the root of `size` leaves from `begin` on, which is a subtree of the whole.
template <typename RangeRoot>
struct Paths {
  const RangeRoot& range_root;
  std::vector<Digest> path;

  // RFC 9162 2.1.3.1, PATH(index, D[begin : begin + size]).
  void add_inclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t size) {
    if (size <= 1) return;
    const std::uint64_t left = std::bit_floor(size - 1);
    if (index < left) {
      add_inclusion(index, begin, left);
      path.push_back(range_root(begin + left, size - left));
    } else {
      add_inclusion(index - left, begin + left, size - left);
      path.push_back(range_root(begin, left));
    }
  }

  // RFC 9162 2.1.4.1, SUBPROOF(from, D[begin : begin + size], known).
  void add_consistency(std::uint64_t from, std::uint64_t begin, std::uint64_t size, bool known) {
    if (from == size) {
      if (!known) path.push_back(range_root(begin, size));
      return;
    }
    const std::uint64_t left = std::bit_floor(size - 1);
    if (from <= left) {
      add_consistency(from, begin, left, known);
      path.push_back(range_root(begin + left, size - left));
    } else {
      add_consistency(from - left, begin + left, size - left, false);
      path.push_back(range_root(begin, left));
    }
  }
};

template <typename RangeRoot>
std::vector<Digest> make_inclusion(const RangeRoot& range_root, std::uint64_t index, std::uint64_t size) {
  if (index >= size) throw std::out_of_range("no such leaf");
  Paths<RangeRoot> paths{range_root, {}};
  paths.add_inclusion(index, 0, size);
  return std::move(paths.path);
}

template <typename RangeRoot>
std::vector<Digest> make_consistency(const RangeRoot& range_root, std::uint64_t from, std::uint64_t to) {
  if (from > to) throw std::out_of_range("a tree has no larger prefix");
  if (from == 0) return {};
  Paths<RangeRoot> paths{range_root, {}};
  paths.add_consistency(from, 0, to, true);
  return std::move(paths.path);
}

Digest stored_root(const NodeSource& source, HashAlg alg, std::uint64_t begin, std::uint64_t size) {
  if (std::has_single_bit(size)) return source(std::countr_zero(size), begin / size);
  const std::uint64_t left = std::bit_floor(size);
  return node_hash(stored_root(source, alg, begin, left), stored_root(source, alg, begin + left, size - left), alg);
}

}  // namespace

Digest leaf_hash(std::string_view data, HashAlg alg) { return hash(alg, {kLeafPrefix, data}); }

Digest node_hash(const Digest& left, const Digest& right, HashAlg alg) {
  return hash(alg, {kNodePrefix, left.view(), right.view()});
}

Digest empty_root(HashAlg alg) { return hash(alg, ""); }

// Level by level; an odd node at the end moves up as it is, which is RFC 6962's tree.
Digest tree_root(std::span<const Digest> leaf_hashes, HashAlg alg) {
  if (leaf_hashes.empty()) return empty_root(alg);
  std::vector<Digest> level(leaf_hashes.begin(), leaf_hashes.end());
  while (level.size() > 1) {
    std::size_t parents = 0;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) level[parents++] = node_hash(level[i], level[i + 1], alg);
    if (level.size() % 2 == 1) level[parents++] = level.back();
    level.resize(parents);
  }
  return level.front();
}

std::vector<Digest> inclusion_path(std::span<const Digest> leaf_hashes, std::uint64_t index, HashAlg alg) {
  const auto range_root = [&](std::uint64_t begin, std::uint64_t size) {
    return tree_root(leaf_hashes.subspan(begin, size), alg);
  };
  return make_inclusion(range_root, index, leaf_hashes.size());
}

std::vector<Digest> consistency_path(std::span<const Digest> leaf_hashes, std::uint64_t from, HashAlg alg) {
  const auto range_root = [&](std::uint64_t begin, std::uint64_t size) {
    return tree_root(leaf_hashes.subspan(begin, size), alg);
  };
  return make_consistency(range_root, from, leaf_hashes.size());
}

Digest root_of(std::uint64_t size, const NodeSource& source, HashAlg alg) {
  return size == 0 ? empty_root(alg) : stored_root(source, alg, 0, size);
}

std::vector<Digest> inclusion_path(std::uint64_t index, std::uint64_t size, const NodeSource& source, HashAlg alg) {
  const auto range_root = [&](std::uint64_t begin, std::uint64_t count) {
    return stored_root(source, alg, begin, count);
  };
  return make_inclusion(range_root, index, size);
}

std::vector<Digest> consistency_path(std::uint64_t from, std::uint64_t to, const NodeSource& source, HashAlg alg) {
  const auto range_root = [&](std::uint64_t begin, std::uint64_t count) {
    return stored_root(source, alg, begin, count);
  };
  return make_consistency(range_root, from, to);
}

}  // namespace crypto
