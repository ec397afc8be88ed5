#pragma once

#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/steps/step.h"

namespace registry {

/// The site, if it exists and is the party's.
Result<const Site*> check_own_site(const Facts& facts, std::string_view site, std::string_view party,
                                   std::string_view pointer);

/// Nobody begins anything at a site that was given up: site-closed.
Check check_in_use(const Site& site, std::string_view pointer);
/// What happened at a site that was given up is recorded, and is the finding closed-site-used about its party. Needs
/// Site `site`.
void note_closed_site(const Facts& facts, const StepContext& context, std::string_view site, Outcome& out);

/// Counties whose borders need transport papers; wants the setting of that name.
std::string_view key_areas(const Facts& facts);

}  // namespace registry
