#pragma once

#include "api/routes/service.h"

namespace api {

/// /v1/stream: what changes, as it changes. Borrows the service.
Routes stream_routes(const Service& service);

}  // namespace api
