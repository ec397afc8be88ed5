#pragma once

#include <cstddef>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

#include "crypto/key.h"
#include "registry/domain/rows.h"
#include "registry/store/store.h"

namespace registry {

/// Parsed public keys of enrolled signers, so that a signature costs no parsing. Says nothing about whether a key is
/// still good: that is decided at the entry's index. Bounded: full, it forgets everything. Thread-safe.
class KeyRing {
 public:
  explicit KeyRing(Store& store) : store_(store) {}

  /// The enrolled key, from memory or from the store; nothing when no such key is enrolled.
  std::optional<crypto::PublicKey> find(const crypto::Digest& id);

 private:
  static constexpr std::size_t kKeysMax = 100'000;
  std::optional<crypto::PublicKey> load(const crypto::Digest& id);
  Store& store_;
  std::shared_mutex mutex_;
  std::unordered_map<crypto::Digest, crypto::PublicKey> keys_;
};

/// The key a row holds; throws StoreFault corrupt when the row holds none.
crypto::PublicKey public_key_of(const Key& row);

}  // namespace registry
