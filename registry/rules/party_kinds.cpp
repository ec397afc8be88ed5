#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {

std::vector<PartyKind> load_party_kinds(const JsonNode& pack) {
  std::vector<PartyKind> out;
  for (const JsonNode& node : pack.elements("party_kinds")) {
    node.only({"code", "name", "name_zh", "is", "article", "confidence", "valid_from", "valid_to"});
    const RuleHead head = read_rule_head(node);
    out.push_back({node.text("code"), node.text("name_zh"), node.text("name"), node.texts_or_none("is"), head.article,
                   head.confidence});
  }
  return out;
}

std::vector<std::string> RulePack::with_broader_kinds(std::vector<std::string> kinds) const {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (const PartyKind* kind = party_kind(kinds[i])) kinds.insert(kinds.end(), kind->is.begin(), kind->is.end());
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return kinds;
}

}  // namespace registry
