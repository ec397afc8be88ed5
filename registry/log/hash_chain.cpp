#include "registry/log/hash_chain.h"

#include <utility>

namespace registry::verifying {

std::optional<std::uint64_t> HashChain::add(const crypto::Digest& hash, const std::optional<crypto::Digest>& prev) {
  const bool whole = !prev || *prev == last_;
  const auto index = size_++;
  last_ = hash;
  if (whole) return std::exchange(broken_, {});
  if (index == 0) return 0;
  if (!std::exchange(broken_, {})) {
    broken_ = index - 1;
    return {};
  }
  return index - 1;
}

std::optional<std::uint64_t> HashChain::finish() const {
  if (!broken_) return {};
  return *broken_ + 1;
}

}  // namespace registry::verifying
