#include "registry/domain/table.h"

namespace registry {

std::vector<std::string> split_key(std::string_view key) {
  std::vector<std::string> parts;
  for (;;) {
    const auto at = key.find(kKeySeparator);
    parts.emplace_back(key.substr(0, at));
    if (at == std::string_view::npos) return parts;
    key.remove_prefix(at + 1);
  }
}

}  // namespace registry
