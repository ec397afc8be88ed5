#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "crypto/note.h"
#include "registry/base/result.h"

namespace registry {

/// The answer to an author: c2sp.org/tlog-proof@v1 from the entry's place, its path and the signed checkpoint.
std::string format_receipt(std::uint64_t index, std::span<const crypto::Digest> path, std::string_view checkpoint_note);

/// What a receipt proves: this leaf stands at `index` of the tree that `checkpoint` names.
struct ProvenPlace {
  std::uint64_t index = 0;
  crypto::Checkpoint checkpoint;
};

/// The receipt's claim, if `log` signed its checkpoint, the path leads from these leaf bytes to its root, and the leaf
/// states the same index itself. Refuses with rule bad-receipt; the field "receipt" says which of these fails.
Result<ProvenPlace> verify_receipt(std::string_view receipt, std::string_view leaf_bytes,
                                   const crypto::NoteVerifier& log);

}  // namespace registry
