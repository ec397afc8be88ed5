#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"

namespace crypto {

/// An offline proof that a leaf is in a log, c2sp.org/tlog-proof@v1.
struct TlogProof {
  /// Opaque and not authenticated.
  std::optional<std::string> extra;
  std::uint64_t index = 0;
  /// Inclusion path, the leaf's sibling first.
  std::vector<Digest> path;
  /// The signed note, verbatim.
  std::string checkpoint;
};

std::string format_tlog_proof(const TlogProof& proof);

/// Form only; nothing in it is to be trusted before verify_tlog_proof.
std::optional<TlogProof> parse_tlog_proof(std::string_view text);

/// The checkpoint, if `log` signed it and the path leads from the leaf (SHA-256 leaf hash) to its root.
std::optional<Checkpoint> verify_tlog_proof(const TlogProof& proof, const Digest& leaf_hash, const NoteVerifier& log);
/// The same, with the cosignatures of known witnesses.
std::optional<CosignedCheckpoint> verify_tlog_proof(const TlogProof& proof, const Digest& leaf_hash,
                                                    const NoteVerifier& log, std::span<const NoteVerifier> witnesses);

}  // namespace crypto
