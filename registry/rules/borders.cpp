#include "registry/rules/borders.h"

#include <algorithm>

#include "registry/rules/dated_codes.h"
#include "registry/rules/pack.h"

namespace registry {
namespace {

/// What counts as one prefecture-level unit: four digits; a municipality as a whole; a county that answers to its
/// province directly (xx90xx) by itself.
std::string_view prefecture_of(const Borders& borders, std::string_view code) {
  const auto province = code.substr(0, 2);
  const auto& whole = borders.whole_provinces;
  if (std::find(whole.begin(), whole.end(), province) != whole.end()) return province;
  return code.substr(2, 2) == "90" ? code : code.substr(0, 4);
}

bool is_key_area(const Borders& borders, std::string_view region, std::string_view policy, Date on) {
  for (const KeyArea& area : borders.key_areas)
    if (area.region == region && area.valid_from <= on && on <= area.valid_to) return true;
  return names_code_on(policy, region, on);
}

KeyArea read_key_area(const JsonNode& node) {
  node.only({"region", "article", "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(node);
  return {node.text("region"), head.valid_from, head.valid_to};
}

}  // namespace

Borders load_borders(const JsonNode& pack) {
  Borders out;
  out.whole_provinces = pack.texts_or_none("whole_provinces");
  if (pack.has("key_areas"))
    for (const JsonNode& node : pack.elements("key_areas")) out.key_areas.push_back(read_key_area(node));
  return out;
}

bool crosses(const Borders& borders, std::string_view from, std::string_view to, std::string_view policy, Date on) {
  if (from == to) return false;
  if (from.size() != 6 || to.size() != 6 || prefecture_of(borders, from) != prefecture_of(borders, to)) return true;
  return is_key_area(borders, from, policy, on) || is_key_area(borders, to, policy, on);
}

bool RulePack::lies_in(std::string_view region, std::string_view root) {
  while (root.ends_with("00")) root.remove_suffix(2);
  return region.starts_with(root);
}

}  // namespace registry
