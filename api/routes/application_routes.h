#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Applications for permits and filing certificates 申请, and what became of them.
Routes application_routes(const Service& service);

}  // namespace api
