#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Who is there: parties with their sites and keys, and the chains of authors.
Routes party_routes(const Service& service);

}  // namespace api
