#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Signing in with an enrolled key, and out again.
Routes session_routes(const Service& service);

}  // namespace api
