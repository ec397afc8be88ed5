#include "registry/service/key_ring.h"

#include <mutex>

#include "crypto/encoding.h"
#include "crypto/suite.h"

namespace registry {

crypto::PublicKey public_key_of(const Key& row) {
  const auto suite = crypto::parse_suite(row.suite);
  const auto spki = crypto::parse_base64(row.spki);
  auto key = suite && spki ? crypto::PublicKey::parse_spki(*suite, *spki) : std::nullopt;
  if (!key || key->id().hex() != row.id) throw StoreFault(StoreError::corrupt, "key " + row.id + " cannot be read");
  return *key;
}

std::optional<crypto::PublicKey> KeyRing::find(const crypto::Digest& id) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto at = keys_.find(id); at != keys_.end()) return at->second;
  }
  auto key = load(id);
  if (!key) return {};
  const std::unique_lock lock(mutex_);
  if (keys_.size() >= kKeysMax) keys_.clear();
  keys_.emplace(id, *key);
  return key;
}

std::optional<crypto::PublicKey> KeyRing::load(const crypto::Digest& id) {
  const std::string key[] = {id.hex()};
  const auto rows = store_.begin_read()->load(table_spec<Key>(), key);
  if (rows.empty()) return {};
  const auto row = from_row<Key>(rows.front());
  if (!row) throw StoreFault(StoreError::corrupt, "key " + key[0] + " cannot be read");
  return public_key_of(*row);
}

}  // namespace registry
