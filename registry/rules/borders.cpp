#include "registry/rules/pack.h"

namespace registry {
namespace {

/// What counts as one prefecture-level unit: four digits; a municipality as a whole; a county that answers to its
/// province directly (xx90xx) by itself.
std::string_view prefecture_of(std::string_view code) {
  const auto province = code.substr(0, 2);
  if (province == "11" || province == "12" || province == "31" || province == "50") return province;
  return code.substr(2, 2) == "90" ? code : code.substr(0, 4);
}

bool is_listed(std::string_view codes, std::string_view code) {
  while (!codes.empty()) {
    const auto comma = codes.find(',');
    if (codes.substr(0, comma) == code) return true;
    codes.remove_prefix(comma == codes.npos ? codes.size() : comma + 1);
  }
  return false;
}

}  // namespace

bool RulePack::crosses_border(std::string_view from, std::string_view to, std::string_view key_areas) const {
  if (from == to) return false;
  if (from.size() != 6 || to.size() != 6 || prefecture_of(from) != prefecture_of(to)) return true;
  return is_listed(key_areas, from) || is_listed(key_areas, to);
}

bool RulePack::lies_in(std::string_view region, std::string_view root) {
  while (root.ends_with("00")) root.remove_suffix(2);
  return region.starts_with(root);
}

}  // namespace registry
