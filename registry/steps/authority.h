#pragma once

#include <string>
#include <string_view>

#include "registry/domain/rows.h"

// Agencies 机关: which level stands above which, and whose region covers whom.
namespace registry {

/// Of the levels X county, C city, P province, N nation: `level` is `lowest` or above it.
bool is_at_least(std::string_view level, std::string_view lowest);
bool is_above(std::string_view level, std::string_view other);
/// The agency answers for everything in this region.
bool covers(const Party& agency, std::string_view region);

/// For people: "public security of county level or above in 360302" and 「360302 的县级以上公安机关」.
std::string authority_en(std::string_view role, std::string_view level, std::string_view region);
std::string authority_zh(std::string_view role, std::string_view level, std::string_view region);

}  // namespace registry
