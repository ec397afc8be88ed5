#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// What is where: lots 批次 and balances 结存.
Routes stock_routes(const Service& service);

}  // namespace api
