#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/log/submission.h"

namespace registry::testing {

inline constexpr std::string_view kLedger = "registry.example/360300";

/// A key for the same letter, always.
crypto::PrivateKey key_of(crypto::Suite suite, char letter);

/// A device that signs steps of one party in its key's chain.
class Author {
 public:
  Author(crypto::Suite suite, char letter, std::string party);

  const crypto::PrivateKey& key() const { return key_; }
  const std::string& party() const { return party_; }
  /// The next entry of the chain, signed; the payload must be canonical.
  Submission sign(std::string_view type, std::string payload, std::vector<crypto::PrivateValue> values = {});
  /// Several entries under one batch signature.
  std::vector<Submission> sign_batch(std::string_view type, std::span<const std::string> payloads);
  /// Signs what another author wrote.
  EntrySignature cosign(const Submission& submission) const;

  /// What the next headers say, for tests that break it.
  std::string ledger{kLedger};
  std::string chain;
  std::uint64_t cseq = 0;
  crypto::Digest prev;
  SeenCheckpoint seen = SeenCheckpoint::none();
  UtcTime time{1'769'847'330'123};

 private:
  Submission write(std::string_view type, std::string payload, std::vector<crypto::PrivateValue> values);
  crypto::PrivateKey key_;
  std::string party_;
};

}  // namespace registry::testing
