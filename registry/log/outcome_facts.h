#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
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

/// A row an outcome puts into table "key": who may sign from here on.
struct KeyPut {
  crypto::Digest id;
  std::string party;
  std::string suite;
  /// SubjectPublicKeyInfo DER.
  std::string spki;
  bool active = false;
};

/// What a verifier needs of an outcome.
struct OutcomeFacts {
  std::vector<ReplayMove> moves;
  std::vector<KeyPut> keys;
};

/// Reads {"moves": [{"amount", "from", "lot", "substance", "to"}], "put": {"key": [row, ...], ...}, ...}, which must be
/// canonical JSON; other members and tables are left alone. Refuses with rule outcome-form and a pointer.
Result<OutcomeFacts> parse_outcome_facts(std::string_view outcome);

}  // namespace registry
