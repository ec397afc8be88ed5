#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/domain/rows.h"
#include "registry/log/submission.h"

namespace registry {

/// The party in whose name the registry itself makes entries, with the key that signs its checkpoints.
inline constexpr std::string_view kRegistryParty = "registry";

/// Where an entry is made: the author's chain as it stands (null for a new one), and the newest checkpoint it has seen.
struct AuthorPlace {
  std::string ledger, party;
  const Chain* chain = nullptr;
  SeenCheckpoint seen;
  UtcTime time;
};

/// Builds and signs one entry: fills in the nonce, prints the payload canonically, makes the header. `type` is
/// "transfer.dispatch", version 1. Personal values go along beside the payload; the header commits to them, each under
/// a fresh salt.
Submission make_entry(const AuthorPlace& place, const crypto::PrivateKey& key, std::string_view type,
                      nlohmann::json payload, std::vector<crypto::PrivateValue> personal = {});

}  // namespace registry
