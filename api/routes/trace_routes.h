#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Traces 追溯, mass balances and the localisation of losses. They cross parties: for regulators and auditors.
Routes trace_routes(const Service& service);

}  // namespace api
