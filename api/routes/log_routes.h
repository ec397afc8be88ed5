#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// The public log: checkpoint, proofs, tiles and entry bundles (c2sp.org/tlog-tiles). Open: leaves hold no quantity.
Routes log_routes(const Service& service);

}  // namespace api
