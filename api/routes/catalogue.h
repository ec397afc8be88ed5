#pragma once

#include "api/access/rights.h"
#include "registry/rules/pack.h"

namespace api {

/// What the rule pack knows that the table of rights speaks of, in all its editions: what was controlled once is read
/// by whoever answered for it.
Catalogue catalogue_of(const registry::RulePack& rules);

}  // namespace api
