#pragma once

#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"

namespace registry {

/// The site, if it exists and is the party's.
Result<const Site*> check_own_site(const Facts& facts, std::string_view site, std::string_view party,
                                   std::string_view pointer);

/// Counties whose borders need transport papers; wants the setting of that name.
std::string_view key_areas(const Facts& facts);

}  // namespace registry
