#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Obligations 待办 and findings 异常.
Routes duty_routes(const Service& service);

}  // namespace api
