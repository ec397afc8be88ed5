#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Who looked at a party's data. Without an access log there is nothing to tell: both answer not-found.
Routes access_routes(const Service& service);

}  // namespace api
