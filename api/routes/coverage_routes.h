#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Who is registered and verified, who was named without being either, and what was reported.
Routes coverage_routes(const Service& service);

}  // namespace api
