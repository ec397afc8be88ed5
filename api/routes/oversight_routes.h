#pragma once

#include "api/routes/service.h"

namespace api {

/// Roadside stops, inspections, seizures.
Routes oversight_routes(const Service& service);

}  // namespace api
