#include "api/routes/service_server.h"

#include <nlohmann/json.hpp>

#include "api/access/authorise.h"
#include "api/access/rights.h"
#include "api/http/openapi.h"
#include "api/routes/access_routes.h"
#include "api/routes/application_routes.h"
#include "api/routes/border_routes.h"
#include "api/routes/case_sight.h"
#include "api/routes/catalogue.h"
#include "api/routes/code_routes.h"
#include "api/routes/coverage_routes.h"
#include "api/routes/duty_routes.h"
#include "api/routes/entry_routes.h"
#include "api/routes/key_holders.h"
#include "api/routes/log_routes.h"
#include "api/routes/moment.h"
#include "api/routes/movement_routes.h"
#include "api/routes/operation_routes.h"
#include "api/routes/oversight_routes.h"
#include "api/routes/pack_texts.h"
#include "api/routes/partner_routes.h"
#include "api/routes/party_routes.h"
#include "api/routes/permit_routes.h"
#include "api/routes/problem_page.h"
#include "api/routes/report_routes.h"
#include "api/routes/route_makers.h"
#include "api/routes/session_routes.h"
#include "api/routes/stock_routes.h"
#include "api/routes/stream_routes.h"
#include "api/routes/submission_routes.h"
#include "api/routes/trace_routes.h"
#include "api/routes/watched.h"
#include "crypto/random.h"

namespace api {
namespace {

constexpr std::size_t kCursorKeyBytes = 32;

ApiInfo info() {
  return {"Tallystick 合符",
          TALLYSTICK_VERSION,
          "A tamper-evident registry of controlled chemicals. Entries are signed by their authors; every answer that "
          "matters can be proved from the log.",
          "/",
          "Apache-2.0",
          "https://www.apache.org/licenses/LICENSE-2.0"};
}

/// The document describes its own route too.
Route openapi_route(const Service& service, const Routes& others) {
  Route route = read_route("/openapi.json", "getOpenApi", "This description (OpenAPI 3.1.1).", kOpen,
                           R"({"type":"object"})", [](const Request&) { return empty_response(); });
  route.tag = "operation";
  Routes all = others;
  all.push_back(route);
  const auto text = std::make_shared<const std::string>(openapi(info(), all, service.problems).dump());
  route.handle = [text](const Request&) { return bytes_response(200, "application/json", *text); };
  return route;
}

ServerConfig guarded(ServerConfig config, const TokenBook& tokens, const SignIn& sign_in, const Rights& rights,
                     registry::Registry& registry) {
  config.authorise = authorise_by(tokens, sign_in, rights, case_finder(registry));
  return config;
}

Routes with(Routes all, Routes more) {
  for (Route& route : more) all.push_back(std::move(route));
  return all;
}

}  // namespace

Routes all_routes(const Service& service) {
  Routes out;
  for (const auto make : {session_routes, access_routes, submission_routes, entry_routes, log_routes, partner_routes,
                          report_routes, code_routes, problem_page_routes, operation_routes, stream_routes})
    for (Route& route : make(service)) out.push_back(std::move(route));
  // What changes with the log can be seen as it was.
  for (const auto make : {party_routes, application_routes, permit_routes, stock_routes, movement_routes, border_routes,
                          duty_routes, coverage_routes, oversight_routes, trace_routes})
    for (Route& route : make(service)) out.push_back(with_time(std::move(route)));
  out.push_back(openapi_route(service, out));
  Rights::load(catalogue_of(service.rules())).check_routes(out);
  if (service.access_log) return watched(std::move(out), *service.access_log, service.registry.clock());
  return out;
}

struct ServiceServer::Parts {
  const TokenBook tokens;
  const PackTexts texts;
  const Problems problems;
  const Cursors cursors;
  Metrics metrics;
  const Rights rights;
  LogKeyHolders key_holders;
  Challenges challenges;
  Sessions sessions;
  SignedRequests signed_requests;
  const std::unique_ptr<Oidc> oidc;
  SignIn sign_in;
  Feed feed;
  const Service service;
  registry::Registry& registry;
  Server server;

  Parts(registry::Registry& given, TokenBook book, ServerConfig config, LogSink log, std::string cursor_key,
        Routes pages, registry::AccessLog* access, std::unique_ptr<Oidc> reader_of_tokens)
      : tokens(std::move(book)),
        texts(given.rules()),
        problems(texts),
        cursors(cursor_key.empty() ? crypto::random_bytes(kCursorKeyBytes) : std::move(cursor_key)),
        rights(Rights::load(catalogue_of(given.rules()))),
        key_holders(given),
        challenges(given.name()),
        sessions(key_holders),
        signed_requests(key_holders, given.clock()),
        oidc(std::move(reader_of_tokens)),
        sign_in{challenges, sessions, signed_requests, given.clock(), config.origin, oidc.get()},
        feed(given, sign_in, rights),
        service{given, problems, cursors, metrics, sign_in, key_holders, feed, access, config.rates.get()},
        registry(given),
        server(guarded(std::move(config), tokens, sign_in, rights, given),
               Router(with(all_routes(service), std::move(pages))), texts, metrics, std::move(log)) {
    add_gauges(service);
    metrics.gauge("tallystick_sessions", "Sessions that may still be used.",
                  [this] { return static_cast<std::int64_t>(sessions.size()); });
    metrics.gauge("tallystick_http_connections", "Open connections.",
                  [this] { return static_cast<std::int64_t>(server.connections()); });
    metrics.gauge("tallystick_http_streams", "Open event streams.",
                  [this] { return static_cast<std::int64_t>(server.streams()); });
    registry.on_published([this] { server.wake_streams(); });
  }
  ~Parts() { registry.on_published({}); }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
};

ServiceServer::ServiceServer(registry::Registry& registry, TokenBook tokens, ServerConfig config, LogSink log,
                             std::string cursor_key, Routes pages, registry::AccessLog* access,
                             std::unique_ptr<Oidc> oidc)
    : parts_(std::make_unique<Parts>(registry, std::move(tokens), std::move(config), std::move(log),
                                     std::move(cursor_key), std::move(pages), access, std::move(oidc))) {}

ServiceServer::~ServiceServer() = default;

void ServiceServer::start() { parts_->server.start(); }
std::uint16_t ServiceServer::port() const { return parts_->server.port(); }
void ServiceServer::stop(std::chrono::milliseconds grace) { parts_->server.stop(grace); }
Metrics& ServiceServer::metrics() { return parts_->metrics; }

}  // namespace api
