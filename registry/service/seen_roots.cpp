#include "registry/service/seen_roots.h"

#include <optional>

#include "crypto/merkle.h"
#include "registry/service/proofs.h"

namespace registry {

crypto::Digest root_at(Reader& reader, std::uint64_t size) {
  TileNodes nodes = stored_nodes(reader);
  return crypto::root_of(size, nodes.source());
}

Check SeenRoots::check(const SeenCheckpoint& seen) {
  const auto refusal = [&] { return refuse("seen-unknown").with("size", std::to_string(seen.size)).at("header/seen"); };
  std::optional<crypto::Digest> root;
  if (seen.size == 0) root = crypto::empty_root();
  if (!root) {
    const std::lock_guard lock(mutex_);
    if (const auto at = roots_.find(seen.size); at != roots_.end()) root = at->second;
  }
  if (!root) {
    const auto reader = store_.begin_log_read();
    if (seen.size > static_cast<std::uint64_t>(reader->state().size)) return refusal();
    root = root_at(*reader, seen.size);
    add(seen.size, *root);
  }
  if (*root != seen.root) return refusal();
  return Accepted{};
}

void SeenRoots::add(std::uint64_t size, const crypto::Digest& root) {
  const std::lock_guard lock(mutex_);
  if (roots_.size() >= kRootsMax) roots_.clear();
  roots_.insert_or_assign(size, root);
}

}  // namespace registry
