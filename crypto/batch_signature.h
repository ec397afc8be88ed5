#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/key.h"
#include "crypto/suite.h"

namespace crypto {

// One signature over many entries: the key signs the RFC 6962 root over their ids, and each entry carries its path.

/// What a batch signature signs: size entries under `root`, in one ledger, by one key.
struct BatchHead {
  std::string ledger;
  std::uint64_t size = 0;
  Digest root;
};

/// "ledger.batch/v1\n" suite "\n" ledger "\n" key "\n" size " " base64(root) "\n". The suite is the key's.
/// Throws std::invalid_argument when the ledger's name has a line break.
std::string batch_message(const PublicKey& key, const BatchHead& head);

/// Root over entry ids, each the data of a leaf, with the suite's hash.
Digest batch_root(Suite suite, std::span<const Digest> entry_ids);
/// Path of one entry id. Needs index < entry_ids.size().
std::vector<Digest> batch_path(Suite suite, std::span<const Digest> entry_ids, std::uint64_t index);

/// A batch signature as one entry carries it.
struct BatchSignature {
  std::uint64_t size = 0;
  std::uint64_t index = 0;
  std::vector<Digest> path;
  std::string signature;
};

/// True if the key signed a batch that holds `entry_id` at the stated place.
bool verify_batch(const PublicKey& key, std::string_view ledger, const Digest& entry_id, const BatchSignature& batch);

}  // namespace crypto
