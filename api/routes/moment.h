#pragma once

#include <memory>
#include <vector>

#include "api/http/route.h"
#include "api/routes/service.h"
#include "registry/base/result.h"
#include "registry/store/store.h"

// "as_of" and "known_at" of a query: what was true at an event time, and what was known at a log index.
namespace api {

/// The ledger as a request wants to see it.
struct Sight {
  std::unique_ptr<registry::Reader> reader;
  /// The time at which it is looked at, for what depends on the clock: as_of, else when entry known_at was received,
  /// else now.
  registry::UtcTime now;
  registry::Date today() const { return registry::local_date(now); }
};

/// The present where neither is asked for. Refuses with bad-parameter, known-at-unknown or history-behind.
registry::Result<Sight> sight_of(const Service& service, const Request& request);

/// "2026-01-31" is the end of that day in Asia/Shanghai.
registry::Result<std::optional<registry::UtcTime>> query_as_of(const Request& request);

/// The route takes both parameters.
Route with_time(Route route);

}  // namespace api
