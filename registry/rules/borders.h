#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/pack_parts.h"

namespace registry {

/// A county in which a transport paper is asked at the county border too (重点地区).
struct KeyArea {
  std::string region;
  Date valid_from, valid_to;
};

struct Borders {
  /// First two digits of provinces that are one prefecture-level unit: the municipalities.
  std::vector<std::string> whole_provinces;
  std::vector<KeyArea> key_areas;
};

Borders load_borders(const JsonNode& pack);

/// RulePack::crosses_border.
bool crosses(const Borders& borders, std::string_view from, std::string_view to, std::string_view policy, Date on);

}  // namespace registry
