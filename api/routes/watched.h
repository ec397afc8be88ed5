#pragma once

#include "api/access/rights.h"
#include "api/http/route.h"
#include "registry/base/time.h"
#include "registry/store/access_log.h"

namespace api {

/// The same routes, but what an official or auditor reads of others is written to the access log before the answer goes
/// out. A session must say why, in Tallystick-Purpose (case, inspection or routine, and after a blank the number of the
/// case); without, nothing is read: purpose-missing. A token may say so too. Borrows log and clock.
Routes watched(Routes routes, registry::AccessLog& log, const registry::Clock& clock);

}  // namespace api
