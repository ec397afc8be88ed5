#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "crypto/digest.h"
#include "registry/base/result.h"
#include "registry/base/time.h"

namespace api {

/// The nonces of signed requests that have not expired, so that each request is good once. Kept in memory: what was
/// signed before the start is refused by its time instead. Bounded, and for each key, so that a busy key cannot crowd
/// out others. Thread-safe.
class Nonces {
 public:
  struct Limits {
    std::size_t per_key_max = 20'000;
    std::size_t total_max = 200'000;
  };
  Nonces() : Nonces(Limits{}) {}
  explicit Nonces(Limits limits) : limits_(limits) {}

  /// Refuses with message-signature-replayed, and with too-many-requests where there is no room until some expire.
  registry::Check take(const std::string& key, std::string_view nonce, registry::UtcTime expires,
                       registry::UtcTime now);
  std::size_t size() const;

 private:
  void drop_expired(registry::UtcTime now);

  const Limits limits_;
  mutable std::mutex mutex_;
  /// By expiry, and what of which key.
  std::map<std::pair<registry::UtcTime, crypto::Digest>, std::string> by_expiry_;
  std::unordered_map<crypto::Digest, registry::UtcTime> known_;
  std::unordered_map<std::string, std::size_t> of_key_;
};

}  // namespace api
