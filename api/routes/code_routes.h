#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// The code tables and rules of the pack: substances 品种, regions, permit kinds, rules. Open: they are the law.
Routes code_routes(const Service& service);

}  // namespace api
