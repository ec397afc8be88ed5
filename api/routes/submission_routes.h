#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// POST /v1/entries and /v1/entries:batch. Open: an entry is guarded by its signatures, not by a token.
Routes submission_routes(const Service& service);

}  // namespace api
