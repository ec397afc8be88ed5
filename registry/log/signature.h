#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "crypto/batch_signature.h"
#include "crypto/digest.h"
#include "crypto/key.h"

namespace registry {

/// One signer's signature on an entry: either over the header, or over a batch that holds the entry's id.
struct EntrySignature {
  crypto::Digest key;
  /// Over the header text, raw bytes; empty when `batch` is there, which holds its own.
  std::string signature;
  std::optional<crypto::BatchSignature> batch;
};

/// What a signature is checked against. Borrows its texts.
struct SignedHeader {
  std::string_view text;
  std::string_view ledger;
  crypto::Digest entry_id;
};

/// Batch heads whose signature has verified, so that a batch costs one signature check, not one an entry. Bounded:
/// full, it forgets everything. Thread-safe.
class BatchCache {
 public:
  bool knows(const crypto::Digest& fact) const;
  void add(const crypto::Digest& fact);

 private:
  static constexpr std::size_t kFactsMax = 65'536;
  mutable std::mutex mutex_;
  std::unordered_set<crypto::Digest> facts_;
};

/// True if `key` is the key the signature names and signed the header, alone or in a batch. A cache spares the
/// repeated check of one batch's signature; the entry's own path is followed every time.
bool verify_signature(const crypto::PublicKey& key, const SignedHeader& header, const EntrySignature& signature,
                      BatchCache* cache = nullptr);

}  // namespace registry
