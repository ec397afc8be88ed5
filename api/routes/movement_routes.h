#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Sales, and consignments 货运单 with what sender, carrier and receiver signed for.
Routes movement_routes(const Service& service);

}  // namespace api
