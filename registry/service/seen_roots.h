#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "crypto/digest.h"
#include "registry/base/result.h"
#include "registry/log/header.h"
#include "registry/store/store.h"

namespace registry {

/// Root of the stored tree at an earlier size. Needs 0 < size <= the reader's state size.
crypto::Digest root_at(Reader& reader, std::uint64_t size);

/// Checks the checkpoint that an author says it has seen: one that does not fit our tree means that somebody was shown
/// another one. Keeps the roots asked for; bounded, thread-safe.
class SeenRoots {
 public:
  explicit SeenRoots(Store& store) : store_(store) {}

  /// Refuses with seen-unknown a size above ours and a root that the tree never had at that size.
  Check check(const SeenCheckpoint& seen);
  /// A checkpoint that was just made public.
  void add(std::uint64_t size, const crypto::Digest& root);

 private:
  static constexpr std::size_t kRootsMax = 100'000;
  Store& store_;
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, crypto::Digest> roots_;
};

}  // namespace registry
