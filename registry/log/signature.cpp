#include "registry/log/signature.h"

#include "crypto/merkle.h"

namespace registry {
namespace {

/// Follows the path from the entry's id to the batch's root.
std::optional<crypto::Digest> root_of_batch(crypto::HashAlg alg, const crypto::Digest& entry_id,
                                            const crypto::BatchSignature& batch) {
  return crypto::root_from_inclusion(crypto::leaf_hash(entry_id.view(), alg), batch.index, batch.size, batch.path, alg);
}

/// crypto::verify_batch with the signature check remembered.
bool verify_cached(const crypto::PublicKey& key, const SignedHeader& header, const crypto::BatchSignature& batch,
                   BatchCache& cache) {
  const auto root = root_of_batch(crypto::hash_of(key.suite()), header.entry_id, batch);
  if (!root) return false;
  const auto message = crypto::batch_message(key, {std::string(header.ledger), batch.size, *root});
  const auto fact = crypto::hash(crypto::HashAlg::sha256, {message, batch.signature});
  if (cache.knows(fact)) return true;
  if (!key.verify(message, batch.signature)) return false;
  cache.add(fact);
  return true;
}

}  // namespace

bool BatchCache::knows(const crypto::Digest& fact) const {
  const std::lock_guard lock(mutex_);
  return facts_.contains(fact);
}

void BatchCache::add(const crypto::Digest& fact) {
  const std::lock_guard lock(mutex_);
  if (facts_.size() >= kFactsMax) facts_.clear();
  facts_.insert(fact);
}

bool verify_signature(const crypto::PublicKey& key, const SignedHeader& header, const EntrySignature& signature,
                      BatchCache* cache) {
  if (key.id() != signature.key) return false;
  if (!signature.batch) return key.verify(header.text, signature.signature);
  if (cache != nullptr) return verify_cached(key, header, *signature.batch, *cache);
  return crypto::verify_batch(key, header.ledger, header.entry_id, *signature.batch);
}

}  // namespace registry
