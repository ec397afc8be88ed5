#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/jws_key.h"
#include "registry/base/result.h"
#include "registry/base/time.h"

namespace api {

/// The text of a JWK set, from wherever it is; nothing when it cannot be had.
using FetchKeys = std::function<std::optional<std::string>()>;

/// The keys of an issuer, fetched anew after an hour, and for an unknown key id, but never more than once a minute.
/// Borrows the clock. Thread-safe; while one request fetches, the others go on with what there is.
class KeySet {
 public:
  KeySet(FetchKeys fetch, const registry::Clock& clock) : fetch_(std::move(fetch)), clock_(clock) {}

  /// Refuses with oidc-key-unknown; with oidc-keys-unavailable as long as no set was ever had.
  registry::Result<crypto::JwsKey> find(std::string_view kid);

  /// A longer set is none.
  static constexpr std::size_t kBytesMax = 256 * 1'024;
  /// The good keys of a set; others in it are passed over. Nothing for what is no set, for one too large, and for a key
  /// id that stands twice.
  static std::optional<std::vector<crypto::JwsKey>> parse(std::string_view set);

 private:
  std::optional<crypto::JwsKey> known(std::string_view kid) const;
  /// Whether it is this caller's to fetch.
  bool takes_turn(bool wanted);
  void fetch();

  FetchKeys fetch_;
  const registry::Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<crypto::JwsKey> keys_;
  std::optional<registry::UtcTime> asked_, fetched_;
};

}  // namespace api
