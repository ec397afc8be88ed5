#pragma once

#include "api/routes/service.h"

namespace api {

/// The page of a partner authority: it has no account, but a one-time link for one notice.
Routes partner_routes(const Service& service);

}  // namespace api
