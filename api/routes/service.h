#pragma once

#include <string>

#include "api/access/sign_in.h"
#include "api/http/cursor.h"
#include "api/http/metrics.h"
#include "api/http/problem.h"
#include "api/http/rate_limiter.h"
#include "api/http/route.h"
#include "api/routes/feed.h"
#include "registry/service/registry.h"
#include "registry/store/access_log.h"

namespace api {

/// What the handlers of all routes borrow. It outlives the server.
struct Service {
  registry::Registry& registry;
  const Problems& problems;
  const Cursors& cursors;
  Metrics& metrics;
  SignIn& sign_in;
  KeyHolders& key_holders;
  Feed& feed;
  /// Null: nobody watches the readers, as in a server without a folder.
  registry::AccessLog* access_log = nullptr;
  /// Null: nobody's requests are counted.
  RateLimiter* rates = nullptr;

  const registry::RulePack& rules() const { return registry.rules(); }
  registry::Date today() const { return registry::local_date(registry.clock().now()); }
};

}  // namespace api
