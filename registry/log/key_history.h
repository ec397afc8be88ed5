#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "crypto/digest.h"
#include "crypto/key.h"
#include "registry/log/outcome_facts.h"

namespace registry::verifying {

struct KnownKey {
  crypto::PublicKey key;
  std::string party;
  bool active = false;
};

/// Who may sign, as the outcomes read so far say: a pure function of the log's prefix. Clocks have no part in it.
class KeyHistory {
 public:
  /// Null for a key never enrolled.
  const KnownKey* find(const crypto::Digest& id) const;
  /// False for a change of a key never enrolled.
  bool apply(const KeyChange& change);

 private:
  std::unordered_map<crypto::Digest, KnownKey> keys_;
};

}  // namespace registry::verifying
