#pragma once

#include "api/routes/service.h"

namespace api {

/// Two-way checks 双向核查 as our people see them.
Routes border_routes(const Service& service);

}  // namespace api
