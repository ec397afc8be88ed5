#pragma once

#include <cstdint>
#include <optional>

#include "crypto/digest.h"

namespace registry::verifying {

/// Follows the hash chain of leaves and finds which leaf was changed. A broken link alone says that one of two
/// neighbours was: if the later one still fits its own successor it was the earlier, else the later.
class HashChain {
 public:
  /// Takes the next leaf's hash and its prev line (nothing when it cannot be read). Gives the index of a leaf that is
  /// not the one its neighbours recorded, at the latest one leaf after it.
  std::optional<std::uint64_t> add(const crypto::Digest& hash, const std::optional<crypto::Digest>& prev);
  /// The last link when it is broken and nothing after it can tell which side was changed: the later index.
  std::optional<std::uint64_t> finish() const;

 private:
  std::uint64_t size_ = 0;
  crypto::Digest last_;
  /// The earlier index of a broken link not yet explained.
  std::optional<std::uint64_t> broken_;
};

}  // namespace registry::verifying
