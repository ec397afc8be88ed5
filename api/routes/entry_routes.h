#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Entries as they were stored, with receipts and bundles.
Routes entry_routes(const Service& service);

}  // namespace api
