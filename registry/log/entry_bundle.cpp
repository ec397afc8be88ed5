#include "registry/log/entry_bundle.h"

#include <cstddef>

#include "registry/base/ensure.h"
#include "registry/base/limits.h"
#include "registry/log/tile.h"

namespace registry {

std::string format_entry_bundle(std::span<const std::string> leaves) {
  std::string out;
  for (const auto& leaf : leaves) {
    ensure(leaf.size() <= limits::kLeafBytesMax, "a leaf is within kLeafBytesMax");
    out.push_back(static_cast<char>(leaf.size() >> 8));
    out.push_back(static_cast<char>(leaf.size() & 0xff));
    out.append(leaf);
  }
  return out;
}

std::optional<std::vector<std::string_view>> parse_entry_bundle(std::string_view bytes) {
  std::vector<std::string_view> leaves;
  while (!bytes.empty()) {
    if (bytes.size() < 2 || leaves.size() == kTileWidth) return {};
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) << 8 |
                        static_cast<std::size_t>(static_cast<unsigned char>(bytes[1]));
    bytes.remove_prefix(2);
    if (length > bytes.size()) return {};
    leaves.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return leaves;
}

}  // namespace registry
