#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// Reports 报告 and ledgers 台账, made from the log alone: the same index gives the same bytes for ever.
Routes report_routes(const Service& service);

}  // namespace api
