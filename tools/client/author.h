#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/domain/rows.h"
#include "registry/log/submission.h"

namespace tools {

/// One who signs: a party, a key, and how far the key's chain has come. For one thread at a time.
class Author {
 public:
  Author(std::string ledger, std::string party, crypto::PrivateKey key);

  const std::string& party() const { return party_; }
  const crypto::PrivateKey& key() const { return key_; }
  /// {"spki", "suite"} for payloads that enrol the key.
  nlohmann::json key_json() const;

  /// The next entry of the chain, signed; the chain moves on, so an entry that is refused must be followed by
  /// `step_back` before the next one is made.
  registry::Submission make(std::string_view type, nlohmann::json payload);
  /// The same, and signatures of other persons over the same header.
  registry::Submission make(std::string_view type, nlohmann::json payload,
                            const std::vector<const crypto::PrivateKey*>& others,
                            std::vector<crypto::PrivateValue> personal = {});
  /// The last entry was not stored.
  void step_back();
  /// Takes the chain's head from the registry's word (GET /v1/chains/…): before the first entry after a start.
  void resume(const registry::Chain& head) { head_ = head; }
  /// The newest checkpoint that was verified; it stands in every header.
  void saw(registry::SeenCheckpoint seen) { seen_ = std::move(seen); }
  void set_clock(registry::UtcTime time) { time_ = time; }

 private:
  std::string ledger_, party_;
  crypto::PrivateKey key_;
  std::optional<registry::Chain> head_, before_;
  registry::SeenCheckpoint seen_;
  std::optional<registry::UtcTime> time_;
};

}  // namespace tools
