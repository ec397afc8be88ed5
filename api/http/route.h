#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "api/http/message.h"
#include "registry/base/result.h"

namespace api {

/// Who may call a route.
struct Access {
  /// Needs no caller. For every other route the access layer decides.
  bool open = false;
  /// Pages ask it by themselves: no sign that somebody sits there, so it keeps no session awake.
  bool unattended = false;
};

/// A query parameter. Anything not listed is refused.
struct Parameter {
  std::string name;
  std::string description;
  bool required = false;
  /// A JSON Schema as text.
  std::string schema = R"({"type":"string"})";
};

/// One operation as data: the router, the checks before the handler, the OpenAPI document and the tests all read it.
struct Route {
  Method method = Method::get;
  /// "/v1/permits/{permit}"; "{tile*}" as the last segment takes one or more segments.
  std::string path;
  /// The operationId, "issuePermit"; unique.
  std::string operation;
  std::string summary;
  Access access;
  /// Checked against Content-Length before a byte is read. 0: the operation has no body.
  std::size_t body_bytes_max = 0;
  /// JSON Schemas as text; empty for none.
  std::string request_schema;
  std::string response_schema;
  /// Rule ids the operation itself may answer with; what the gateway may answer is added by openapi().
  std::vector<std::string> refusals;
  std::vector<Parameter> parameters;
  /// May throw: a StoreFault becomes 503 or 507, anything else 500.
  std::function<Response(const Request&)> handle;

  /// Media types the body may have; others are answered 415.
  std::vector<std::string> request_types{"application/json"};
  /// Status and media type of the good answer, for the document.
  int success_status = 200;
  std::string response_type = "application/json";
  /// The path holds a secret: logs show the template instead.
  bool secret_path = false;
  /// Groups operations in the document; empty: the second segment of the path.
  std::string tag;
};

using Routes = std::vector<Route>;

/// Decides whether the route may be called, before the body is read; names request.principal. Refuses with
/// unauthenticated, forbidden, not-found or too-many-requests.
using Authorise = std::function<registry::Check(Request&, const Route&)>;

}  // namespace api
