#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// For those who run it: status, health, readiness, metrics.
Routes operation_routes(const Service& service);

/// The registry's gauges; they are read at each scrape, so the registry must outlive the metrics.
void add_gauges(const Service& service);

}  // namespace api
