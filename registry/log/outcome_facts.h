#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/key.h"
#include "registry/base/result.h"

namespace registry {

/// One move of an outcome, for replay.
struct ReplayMove {
  std::string substance;
  std::string lot;
  std::int64_t amount = 0;
  std::string from;
  std::string to;
};

/// What an outcome does to a row of table "key": who may sign from here on.
struct KeyChange {
  crypto::Digest id;
  /// A new key of `party`; nothing where a known key only changes its state.
  std::optional<crypto::PublicKey> enrolled;
  std::string party;
  bool active = false;
};

/// What a verifier needs of an outcome.
struct OutcomeFacts {
  std::vector<ReplayMove> moves;
  std::vector<KeyChange> keys;
  /// Empty where the outcome has none.
  std::string salt;
};

/// Reads "moves" [{"amount", "from", "lot", "substance", "to"}], "put" {"key": [{"id", "party", "suite", "spki",
/// "state" if not active}]}, "set" {"key": [{"id", "state"}]} and "salt" of canonical JSON; other members and tables
/// are left alone. Refuses with rule outcome-form and a pointer, also a key whose id is not its own.
Result<OutcomeFacts> parse_outcome_facts(std::string_view outcome);

}  // namespace registry
