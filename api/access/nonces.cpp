#include "api/access/nonces.h"

namespace api {

using registry::Accepted;
using registry::refuse;
using registry::UtcTime;

registry::Check Nonces::take(const std::string& key, std::string_view nonce, UtcTime expires, UtcTime now) {
  const crypto::Digest id = crypto::sha256(key + "\n" + std::string(nonce));
  const std::lock_guard lock(mutex_);
  drop_expired(now);
  if (known_.contains(id)) return refuse("message-signature-replayed");
  std::size_t& own = of_key_[key];
  if (own >= limits_.per_key_max || known_.size() >= limits_.total_max)
    return refuse("too-many-requests").with("retry_after_s", "5");
  ++own;
  known_.emplace(id, expires);
  by_expiry_.emplace(std::pair(expires, id), key);
  return Accepted{};
}

std::size_t Nonces::size() const {
  const std::lock_guard lock(mutex_);
  return known_.size();
}

void Nonces::drop_expired(UtcTime now) {
  while (!by_expiry_.empty() && by_expiry_.begin()->first.first <= now) {
    const auto oldest = by_expiry_.begin();
    const auto own = of_key_.find(oldest->second);
    if (--own->second == 0) of_key_.erase(own);
    known_.erase(oldest->first.second);
    by_expiry_.erase(oldest);
  }
}

}  // namespace api
