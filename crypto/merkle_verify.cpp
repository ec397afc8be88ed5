#include <bit>

#include "crypto/merkle.h"

// The verifier's half shares no code with the prover's (merkle.cpp): one checks the other.

namespace crypto {

std::optional<Digest> root_from_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                                          std::span<const Digest> path, HashAlg alg) {
  if (index >= size) return std::nullopt;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Digest root = leaf_hash;
  for (const Digest& sibling : path) {
    if (last == 0) return std::nullopt;
    if (node % 2 == 1 || node == last) {
      root = node_hash(sibling, root, alg);
      // The last node of an odd level has no sibling there: go up to where it has one.
      while (node % 2 == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      root = node_hash(root, sibling, alg);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return std::nullopt;
  return root;
}

bool verify_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size, std::span<const Digest> path,
                      const Digest& root, HashAlg alg) {
  return root_from_inclusion(leaf_hash, index, size, path, alg) == root;
}

namespace {

// RFC 9162 2.1.4.2 for 0 < from < to.
bool leads_to_both(std::uint64_t from, std::uint64_t to, std::span<const Digest> path, const Digest& root_from,
                   const Digest& root_to, HashAlg alg) {
  const bool starts_with_root = std::has_single_bit(from);
  if (!starts_with_root && path.empty()) return false;
  Digest old_root = starts_with_root ? root_from : path.front();
  Digest new_root = old_root;
  if (!starts_with_root) path = path.subspan(1);
  const int skipped = std::countr_one(from - 1);
  std::uint64_t node = (from - 1) >> skipped;
  std::uint64_t last = (to - 1) >> skipped;
  for (const Digest& sibling : path) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      old_root = node_hash(sibling, old_root, alg);
      new_root = node_hash(sibling, new_root, alg);
      while (node % 2 == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_root = node_hash(new_root, sibling, alg);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_root == root_from && new_root == root_to;
}

}  // namespace

bool verify_consistency(std::uint64_t from, std::uint64_t to, std::span<const Digest> path, const Digest& root_from,
                        const Digest& root_to, HashAlg alg) {
  if (from > to) return false;
  if (from == 0 && root_from != empty_root(alg)) return false;
  if (from == to) return path.empty() && root_from == root_to;
  if (from == 0) return path.empty();
  return leads_to_both(from, to, path, root_from, root_to, alg);
}

}  // namespace crypto
