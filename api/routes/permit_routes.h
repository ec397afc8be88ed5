#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Permits 许可证 with what is left of them, and their write-off statements 核销.
Routes permit_routes(const Service& service);

}  // namespace api
