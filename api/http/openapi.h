#pragma once

#include <string>
#include <vector>

#include "api/http/problem.h"
#include "api/http/route.h"

namespace api {

struct ApiInfo {
  std::string title, version, description;
  /// For instance "/"; empty: none stated.
  std::string server_url;
  std::string license_name, license_url;
};

/// The routes as an OpenAPI 3.1.1 document: operations with parameters, bodies, the good answer and a problem answer
/// for each status the route's refusals and the gateway can give. Throws when a schema text is not JSON.
Json openapi(const ApiInfo& info, const Routes& routes, const Problems& problems);

}  // namespace api
