#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "api/access/token_book.h"
#include "api/http/metrics.h"
#include "api/http/server.h"
#include "api/routes/service.h"

namespace api {

/// Every route of the service, /openapi.json last. Borrows `service`.
Routes all_routes(const Service& service);

/// The registry over HTTP: routes, texts, tokens and metrics put together. Borrows the registry, which must outlive it.
/// `cursor_key` of at least 32 bytes seals page cursors: with the same key they survive a restart; empty takes a new
/// one. `pages` are served beside the service, outside of its description.
/// `access` takes down what officials read; it outlives the server. `oidc` reads the tokens of an issuer; null: none.
class ServiceServer {
 public:
  ServiceServer(registry::Registry& registry, TokenBook tokens, ServerConfig config, LogSink log,
                std::string cursor_key = {}, Routes pages = {}, registry::AccessLog* access = nullptr,
                std::unique_ptr<Oidc> oidc = nullptr);
  /// Stops without grace.
  ~ServiceServer();

  /// As Server's.
  void start();
  std::uint16_t port() const;
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds{10'000});
  Metrics& metrics();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace api
