#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "crypto/json.h"
#include "crypto/key.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/log/log_reader.h"
#include "registry/log/outcome_facts.h"
#include "registry/log/signature.h"
#include "registry/log/verify.h"

namespace registry::verifying {

/// One entry on its way through the verifier. Forms and signatures are checked by any thread, one entry by one thread
/// at a time; what depends on earlier entries by the caller's.
struct CheckedEntry {
  std::uint64_t index = 0;
  /// Nothing when the entry is missing.
  std::optional<StoredEntry> stored;
  crypto::Digest hash;
  std::optional<Leaf> leaf;
  std::optional<Header> header;
  crypto::Digest id;
  OutcomeFacts outcome;
  /// Of the first entry only.
  std::shared_ptr<const crypto::Json> payload;
  /// The key of each signature, where one is known.
  std::vector<std::optional<crypto::PublicKey>> signers;
  std::vector<Defect> defects;

  void defect(std::string kind, std::string detail);
};

/// "entry 17"
std::string place_of(std::uint64_t index);

/// Checks what an entry says by itself: leaf, header, index, outcome, payload and commitments by their hashes.
void check_form(CheckedEntry& entry, bool payload_needed);
/// Checks every signature whose key is known.
void check_signatures(CheckedEntry& entry, BatchCache& cache);

}  // namespace registry::verifying
