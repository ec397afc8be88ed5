#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/access/roles.h"
#include "api/routes/service.h"
#include "registry/base/result.h"
#include "registry/views/page.h"

namespace api {

/// A handler that may refuse.
using Handler = std::function<registry::Result<Response>(const Request&)>;
std::function<Response(const Request&)> answering(Handler handler);

/// GET of one thing. `schema` is that of the good answer.
Route read_route(std::string path, std::string operation, std::string summary, Access access, std::string schema,
                 Handler handler);

/// Fills `rows` with one page and gives the key of the next; empty on the last.
using FetchPage = std::function<registry::Row(const registry::Page& page, Json& rows)>;
/// Answers {data, next_cursor, has_more} for "limit" and "cursor" of the request.
registry::Result<Response> list_page(const Service& service, const Request& request, std::string_view operation,
                                     const FetchPage& fetch);

/// GET of a list, with "limit" and "cursor" besides `parameters`.
Route list_route(std::string path, std::string operation, std::string summary, Access access, std::string row_schema,
                 std::vector<Parameter> parameters, Handler handler);

/// Refuses with not-found, the same for what is not there and what the caller may not know of.
registry::Refusal nothing(std::string_view what, std::string_view id);

}  // namespace api
