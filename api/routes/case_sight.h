#pragma once

#include "api/access/authorise.h"
#include "registry/service/registry.h"

namespace api {

/// Finds what an open case touches. A case is a finding, by its id or the number of the case it was transferred to, on
/// which the agency has acted, until it is closed: the parties, consignments and lot that it is about, and the
/// consignments of that lot with their parties. Or a two-way check of the agency, until nothing of it is open.
/// Borrows the registry.
FindCase case_finder(registry::Registry& registry);

}  // namespace api
