#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/note.h"

namespace crypto {

/// A tree head as c2sp.org/tlog-checkpoint writes it.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  std::vector<std::string> extension;

  /// The note text: origin, size, base64 root, extension lines, each with its newline.
  std::string body() const;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// Strict: no leading zeros, a 32-byte root, no empty lines.
std::optional<Checkpoint> parse_checkpoint(std::string_view body);

/// The signed note. Needs a non-empty origin and lines without newlines; throws std::invalid_argument otherwise.
std::string sign_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer);

/// The note with one more signature line, for instance a witness's; nothing if `note` is malformed.
std::optional<std::string> add_signature(std::string_view note, const NoteSignature& signature);

/// The checkpoint if the log's key signed it and the origin is the key's name.
std::optional<Checkpoint> open_checkpoint(std::string_view note, const NoteVerifier& log);

struct CosignedCheckpoint {
  Checkpoint checkpoint;
  /// Verified, one per witness key at most.
  std::vector<NoteSignature> cosignatures;
};

/// The same, and the cosignatures of known witnesses; a known witness's bad signature refuses the whole.
std::optional<CosignedCheckpoint> open_checkpoint(std::string_view note, const NoteVerifier& log,
                                                  std::span<const NoteVerifier> witnesses);

}  // namespace crypto
