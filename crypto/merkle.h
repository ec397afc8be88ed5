#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/digest.h"

namespace crypto {

// The Merkle tree of RFC 6962 section 2.1. Leaf and node hashes carry different first bytes, so that no node can be
// passed off as a leaf.

/// H(00 || data).
Digest leaf_hash(std::string_view data, HashAlg alg = HashAlg::sha256);
/// H(01 || left || right).
Digest node_hash(const Digest& left, const Digest& right, HashAlg alg = HashAlg::sha256);
/// H(""), the root of the tree without leaves.
Digest empty_root(HashAlg alg = HashAlg::sha256);

/// Root over leaf hashes in order.
Digest tree_root(std::span<const Digest> leaf_hashes, HashAlg alg = HashAlg::sha256);
/// Audit path of a leaf, sibling first. Needs index < leaf_hashes.size(); std::out_of_range otherwise, here and below.
std::vector<Digest> inclusion_path(std::span<const Digest> leaf_hashes, std::uint64_t index,
                                   HashAlg alg = HashAlg::sha256);
/// Proof that the first `from` leaves are a prefix. Needs from <= leaf_hashes.size(); empty for 0 and for all.
std::vector<Digest> consistency_path(std::span<const Digest> leaf_hashes, std::uint64_t from,
                                     HashAlg alg = HashAlg::sha256);

/// The root a path leads to; nothing when index >= size or the path has the wrong length (RFC 9162 2.1.3.2).
std::optional<Digest> root_from_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                                          std::span<const Digest> path, HashAlg alg = HashAlg::sha256);
bool verify_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size, std::span<const Digest> path,
                      const Digest& root, HashAlg alg = HashAlg::sha256);

/// True if the tree of `from` leaves with root_from is a prefix of the tree of `to` leaves with root_to (RFC 9162
/// 2.1.4.2). Every tree extends the empty one: from == 0 needs an empty path and the empty root.
bool verify_consistency(std::uint64_t from, std::uint64_t to, std::span<const Digest> path, const Digest& root_from,
                        const Digest& root_to, HashAlg alg = HashAlg::sha256);

/// Gives the hash of the perfect subtree of 2^level leaves that starts at leaf index * 2^level. Only complete subtrees
/// are asked for. Level 0 are leaf hashes.
using NodeSource = std::function<Digest(int level, std::uint64_t index)>;

/// The same three for a tree whose nodes are stored: O(log size) calls of `source`. Needs index < size, from <= to.
Digest root_of(std::uint64_t size, const NodeSource& source, HashAlg alg = HashAlg::sha256);
std::vector<Digest> inclusion_path(std::uint64_t index, std::uint64_t size, const NodeSource& source,
                                   HashAlg alg = HashAlg::sha256);
std::vector<Digest> consistency_path(std::uint64_t from, std::uint64_t to, const NodeSource& source,
                                     HashAlg alg = HashAlg::sha256);

}  // namespace crypto
