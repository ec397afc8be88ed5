#include "crypto/commitment.h"

#include <stdexcept>

#include "crypto/bytes.h"
#include "crypto/merkle.h"

namespace crypto {

namespace {

// With its zero byte: no other tag of the ledger is a prefix of it.
constexpr std::string_view kTag{"ledger.priv/v1\0", 15};

std::vector<Digest> leaves_of(HashAlg alg, std::span<const Digest> commitments) {
  std::vector<Digest> leaves;
  leaves.reserve(commitments.size());
  for (const Digest& commitment : commitments) leaves.push_back(leaf_hash(commitment.view(), alg));
  return leaves;
}

}  // namespace

Digest commit(HashAlg alg, const PrivateValue& value) {
  if (value.salt.size() != kSaltBytes) throw std::invalid_argument("a salt has 32 bytes");
  const std::string path_length = big_endian(value.path.size());
  const std::string value_length = big_endian(value.value.size());
  return hash(alg, {kTag, value.salt, path_length, value.path, value_length, value.value});
}

Digest commitments_root(HashAlg alg, std::span<const Digest> commitments) {
  if (commitments.empty()) return Digest::zero();
  return tree_root(leaves_of(alg, commitments), alg);
}

std::vector<Digest> commitment_path(HashAlg alg, std::span<const Digest> commitments, std::size_t index) {
  return inclusion_path(leaves_of(alg, commitments), index, alg);
}

bool verify_disclosure(HashAlg alg, const PrivateValue& value, std::size_t index, std::size_t count,
                       std::span<const Digest> path, const Digest& root) {
  if (value.salt.size() != kSaltBytes) return false;
  const Digest leaf = leaf_hash(commit(alg, value).view(), alg);
  return verify_inclusion(leaf, index, count, path, root, alg);
}

}  // namespace crypto
