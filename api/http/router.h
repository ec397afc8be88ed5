#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http/route.h"
#include "registry/base/refusal.h"

namespace api {

using PathParameters = std::map<std::string, std::string, std::less<>>;

/// A route for a method and path.
struct RouteMatch {
  const Route* route;
  PathParameters parameters;
};

/// No route: why, and for method-not-allowed the methods that are.
struct RouteMiss {
  registry::Refusal refusal;
  std::string allow;
};

/// OPTIONS on a known path, answered without a handler.
struct RouteOptions {
  std::string allow;
};

/// Finds the route of a request. HEAD is served by GET's route, OPTIONS by the router. Immutable once built, so any
/// number of threads may ask.
class Router {
 public:
  /// Throws std::invalid_argument for a bad template, a second operation of one name, a missing handler, or two
  /// templates some path would fit both: which one answers must not depend on order.
  explicit Router(Routes routes);
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// `path` as received. Each segment is percent-decoded by itself; a bad escape, NUL or another control character,
  /// bytes that are not UTF-8, a "/" inside a segment, "." and ".." are malformed-request.
  std::variant<RouteMatch, RouteMiss, RouteOptions> find(Method method, std::string_view path) const;
  /// As given, in their order.
  const Routes& routes() const;

 private:
  struct Table;
  std::unique_ptr<const Table> table_;
};

}  // namespace api
