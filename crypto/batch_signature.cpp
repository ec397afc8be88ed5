#include "crypto/batch_signature.h"

#include <stdexcept>

#include "crypto/merkle.h"

namespace crypto {

namespace {

std::vector<Digest> leaves_of(Suite suite, std::span<const Digest> entry_ids) {
  std::vector<Digest> leaves;
  leaves.reserve(entry_ids.size());
  for (const Digest& id : entry_ids) leaves.push_back(leaf_hash(id.view(), hash_of(suite)));
  return leaves;
}

// A name with a line break could pass for two lines of the message.
bool is_one_line(std::string_view text) { return text.find('\n') == std::string_view::npos; }

}  // namespace

std::string batch_message(const PublicKey& key, const BatchHead& head) {
  if (!is_one_line(head.ledger)) throw std::invalid_argument("a ledger name is one line");
  std::string message = "ledger.batch/v1\n";
  message.append(name(key.suite())).append("\n");
  message.append(head.ledger).append("\n");
  message.append(key.id().hex()).append("\n");
  message.append(std::to_string(head.size)).append(" ").append(head.root.base64()).append("\n");
  return message;
}

Digest batch_root(Suite suite, std::span<const Digest> entry_ids) {
  return tree_root(leaves_of(suite, entry_ids), hash_of(suite));
}

std::vector<Digest> batch_path(Suite suite, std::span<const Digest> entry_ids, std::uint64_t index) {
  return inclusion_path(leaves_of(suite, entry_ids), index, hash_of(suite));
}

bool verify_batch(const PublicKey& key, std::string_view ledger, const Digest& entry_id, const BatchSignature& batch) {
  if (!is_one_line(ledger)) return false;
  const HashAlg alg = hash_of(key.suite());
  const Digest leaf = leaf_hash(entry_id.view(), alg);
  const std::optional<Digest> root = root_from_inclusion(leaf, batch.index, batch.size, batch.path, alg);
  if (!root) return false;
  return key.verify(batch_message(key, {std::string(ledger), batch.size, *root}), batch.signature);
}

}  // namespace crypto
