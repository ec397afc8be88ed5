#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "api/http/head.h"
#include "api/http/metrics.h"
#include "api/http/problem.h"
#include "api/http/rate_limiter.h"
#include "api/http/request_ids.h"
#include "api/http/router.h"
#include "api/http/server_config.h"
#include "api/http/wire.h"
#include "registry/base/fault.h"

namespace api {

/// One request on its way through the gateway.
struct Exchange {
  Request request;
  /// Null until the router found it.
  const Route* route = nullptr;
  SteadyTime start;
  /// As the client wrote it, for the log; "-" when the head could not be read.
  std::string method = "-";
  int minor = 1;
  bool keep_alive = false;
  bool expects_continue = false;
  /// What is left to whoever pays for it, where requests are counted.
  std::optional<Allowance> allowance;
  /// Announced and not read yet.
  std::size_t body_bytes = 0;
};

/// What stands between the wire and the handlers: routing, the checks before the body, faults into answers, ETags,
/// metrics and the access log. Thread-safe; holds no state of a request.
class Gateway {
 public:
  /// Borrows everything.
  Gateway(const ServerConfig& config, const Router& router, const RefusalTexts& texts, Metrics& metrics,
          const LogSink& log);
  ~Gateway();

  Exchange begin(const std::string& peer);
  /// Fills the exchange from the head. An answer means that the handler is not to be called; it closes the connection
  /// if a body was announced, because an unread body must never be taken for the next request.
  std::optional<Response> admit(Head head, Exchange& exchange);
  /// Calls the handler; never throws.
  Response handle(Exchange& exchange);
  Response refuse(const Exchange& exchange, const registry::Refusal& refusal);
  /// Counts and logs the finished request.
  void record(const Exchange& exchange, const Response& response);
  /// Counts and logs what is not a request, for instance a refused connection.
  void log(std::string_view line) const;
  Metrics& metrics() { return metrics_; }
  const Problems& problems() const { return problems_; }

 private:
  struct RouteStats;

  std::optional<Response> admit_origin(Exchange& exchange);
  std::optional<Response> admit_route(Exchange& exchange);
  registry::Check check_query(Exchange& exchange, std::string_view query) const;
  registry::Check check_body(const Exchange& exchange, const Head& head) const;
  std::optional<Response> take_allowance(Exchange& exchange);
  void charge_failed_proof(const Exchange& exchange, const Response& response, std::string_view rule);
  registry::Check authorise(Exchange& exchange) const;
  Response call(const Exchange& exchange);
  Response finish(const Exchange& exchange, Response response);
  Response fault(const Exchange& exchange, std::string_view rule, std::string_view what);
  Response store_fault(const Exchange& exchange, const registry::StoreFault& error);
  RouteStats& stats_of(const Exchange& exchange);

  const ServerConfig& config_;
  const Router& router_;
  Metrics& metrics_;
  const LogSink& log_;
  Problems problems_;
  RequestIds ids_;
  std::map<const Route*, std::unique_ptr<RouteStats>> stats_;
};

}  // namespace api
