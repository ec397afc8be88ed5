#include "api/routes/route_makers.h"

#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/routes/row_json.h"

namespace api {
namespace {

using registry::Page;
using registry::Result;
using registry::Row;

Json key_json(const Row& key) {
  Json out = Json::array();
  for (const registry::Value& value : key) std::visit([&](const auto& v) { out.push_back(v); }, value);
  return out;
}

/// Only what key_json wrote gets here: the cursor is sealed.
Row key_row(const Json& json) {
  Row out;
  for (const Json& value : json) {
    if (value.is_string())
      out.emplace_back(value.get<std::string>());
    else
      out.emplace_back(value.get<std::int64_t>());
  }
  return out;
}

Parameter limit_parameter() {
  return {"limit", "Rows on a page, 50 unless told.", false, R"({"type":"integer","minimum":1,"maximum":200})"};
}

Parameter cursor_parameter() { return {"cursor", "next_cursor of the page before, with the same filters.", false}; }

}  // namespace

std::function<Response(const Request&)> answering(Handler handler) {
  return [handler = std::move(handler)](const Request& request) {
    auto answer = handler(request);
    return answer ? std::move(answer).value() : refused(std::move(answer).error());
  };
}

Route read_route(std::string path, std::string operation, std::string summary, Access access, std::string schema,
                 Handler handler) {
  Route route;
  route.path = std::move(path);
  route.operation = std::move(operation);
  route.summary = std::move(summary);
  route.access = access;
  route.response_schema = std::move(schema);
  route.handle = answering(std::move(handler));
  return route;
}

Result<Response> list_page(const Service& service, const Request& request, std::string_view operation,
                           const FetchPage& fetch) {
  Page page;
  page.limit = TRY(page_limit(request));
  page.within = bounds_of(request);
  const Filters filters = Cursors::of_query(request);
  if (const auto cursor = request.query_value("cursor"))
    page.after = key_row(TRY(service.cursors.open(operation, filters, *cursor)));
  Json rows = Json::array();
  const Row next = fetch(page, rows);
  const std::string sealed = next.empty() ? "" : service.cursors.seal(operation, filters, key_json(next));
  return page_response(request, std::move(rows), sealed);
}

Route list_route(std::string path, std::string operation, std::string summary, Access access, std::string row_schema,
                 std::vector<Parameter> parameters, Handler handler) {
  Route route = read_route(std::move(path), std::move(operation), std::move(summary), access, list_schema(row_schema),
                           std::move(handler));
  route.parameters = std::move(parameters);
  route.parameters.push_back(limit_parameter());
  route.parameters.push_back(cursor_parameter());
  route.refusals = {"bad-cursor"};
  return route;
}

registry::Refusal nothing(std::string_view what, std::string_view id) {
  return registry::refuse("not-found").with("what", std::string(what) + " " + std::string(id));
}

}  // namespace api
