#include "api/http/gateway.h"

#include <algorithm>
#include <array>
#include <thread>

#include "api/http/browser_safety.h"
#include "api/http/content_digest.h"
#include "api/http/etag.h"
#include "api/http/forwarded.h"
#include "api/http/log_line.h"
#include "api/http/network_of.h"
#include "api/http/percent.h"
#include "api/http/text.h"
#include "crypto/random.h"

namespace api {
namespace {

using registry::Accepted;
using registry::Check;

/// A year; the browser does not try plain HTTP again.
constexpr std::string_view kStrictTransport = "max-age=31536000";
constexpr std::string_view kRequestsHelp = "Requests answered.";
constexpr std::string_view kDurationHelp = "Time from the first byte of a request to its answer.";

bool may_have_body(Method method) {
  return method == Method::post || method == Method::put || method == Method::delete_;
}

/// True if bytes of a body may stand where the next request should: one was announced, or a method that has one came
/// without a length.
bool may_be_followed_by_body(const Exchange& exchange, const Head& head) {
  const auto method = parse_method(exchange.method);
  return exchange.body_bytes != 0 ||
         (!head.content_length && (!method || *method == Method::post || *method == Method::put));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

/// Nothing of an answer can start a line of its own.
bool is_clean(const Response& response) {
  return !has_control(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(),
                     [](const auto& field) { return is_token(field.first) && !has_control(field.second); });
}

std::string join(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out.append(out.empty() ? "" : ", ").append(item);
  return out;
}

/// Not to find a thing is quicker than to find it and see that it is not the caller's. Both are answered at the next
/// full step of the request, and up to a millisecond later by chance: what is left of the difference, the warmer cache
/// of the one that did more, is lost in that.
void wait_for_full_step(SteadyTime start) {
  using namespace std::chrono;
  constexpr auto kStep = milliseconds(2);
  const auto passed = (steady_clock::now() - start) / kStep;
  const std::string chance = crypto::random_bytes(2);
  const auto more = static_cast<unsigned char>(chance[0]) << 8 | static_cast<unsigned char>(chance[1]);
  std::this_thread::sleep_until(start + (passed + 1) * kStep + microseconds(more % 1'000));
}

std::string label(const Exchange& exchange) {
  return std::string(parse_method(exchange.method) ? exchange.method : "other");
}

}  // namespace

/// The counters of one route; the one for a status is made when it first occurs.
struct Gateway::RouteStats {
  std::array<std::atomic<Counter*>, 500> by_status{};
  Histogram* duration = nullptr;
};

Gateway::Gateway(const ServerConfig& config, const Router& router, const RefusalTexts& texts, Metrics& metrics,
                 const LogSink& log)
    : config_(config), router_(router), metrics_(metrics), log_(log), problems_(texts) {
  const auto add = [this](const Route* route, const Labels& labels) {
    auto stats = std::make_unique<RouteStats>();
    stats->duration = &metrics_.histogram("tallystick_http_request_duration_seconds", kDurationHelp, labels);
    stats_.emplace(route, std::move(stats));
  };
  add(nullptr, {{"method", "other"}, {"route", "unmatched"}});
  for (const Route& route : router_.routes())
    add(&route, {{"method", std::string(name(route.method))}, {"route", route.path}});
}

Gateway::~Gateway() = default;

Exchange Gateway::begin(const std::string& peer) {
  Exchange exchange;
  exchange.start = std::chrono::steady_clock::now();
  exchange.request.peer = peer;
  exchange.request.secure = config_.tls != nullptr;
  exchange.request.request_id = ids_.next();
  return exchange;
}

std::optional<Response> Gateway::admit(Head head, Exchange& exchange) {
  Request& request = exchange.request;
  exchange.method = head.method;
  exchange.minor = head.minor;
  exchange.keep_alive = head.keep_alive;
  exchange.body_bytes = static_cast<std::size_t>(head.content_length.value_or(0));
  exchange.expects_continue = head.minor == 1 && head.headers.find("expect").has_value();
  request.path = head.path;
  request.target = std::move(head.target);
  const auto id = head.headers.find("x-request-id");
  if (id && RequestIds::acceptable(*id)) request.request_id = *id;
  request.headers = std::move(head.headers);

  auto early = admit_origin(exchange);
  if (!early) early = admit_route(exchange);
  if (!early) {
    const Check checked = [&]() -> Check {
      TRY(check_body(exchange, head));
      TRY(check_query(exchange, head.query));
      return authorise(exchange);
    }();
    if (!checked) early = refuse(exchange, checked.error());
  }
  if (auto refused = take_allowance(exchange)) early = std::move(refused);
  if (early && may_be_followed_by_body(exchange, head)) early->close = true;
  return early;
}

std::optional<Response> Gateway::admit_origin(Exchange& exchange) {
  Request& request = exchange.request;
  auto origin = forwarded_origin(request.peer, request.headers, config_.proxies);
  if (!origin) return refuse(exchange, origin.error());
  request.peer = std::move(origin->peer);
  request.secure |= origin->secure;
  return {};
}

/// Whoever proved who it is pays itself: what others behind its address do cannot lock it out.
std::optional<Response> Gateway::take_allowance(Exchange& exchange) {
  if (!config_.rates) return {};
  const Request& request = exchange.request;
  exchange.allowance = request.principal ? config_.rates->take(Payer::session, request.principal->log_name(), 1)
                                         : config_.rates->take(Payer::address, network_of(request.peer), 1);
  if (exchange.allowance->granted()) return {};
  return refuse(exchange, too_many_requests(*exchange.allowance));
}

/// The address pays, never the one whose name was used.
void Gateway::charge_failed_proof(const Exchange& exchange, const Response& response, std::string_view rule) {
  const Headers& headers = exchange.request.headers;
  const bool tried = headers.count("authorization") + headers.count("signature") > 0;
  if (config_.rates && ((response.status == 401 && tried) || is_failed_proof(rule)))
    config_.rates->charge_failure(network_of(exchange.request.peer));
}

std::optional<Response> Gateway::admit_route(Exchange& exchange) {
  const auto method = parse_method(exchange.method);
  if (!method)
    return refuse(exchange, registry::refuse("not-implemented").with("what", "The method " + exchange.method));
  exchange.request.method = *method;
  auto found = router_.find(*method, exchange.request.path);
  if (auto* match = std::get_if<RouteMatch>(&found)) {
    exchange.route = match->route;
    exchange.request.path_parameters = std::move(match->parameters);
    return {};
  }
  if (const auto* options = std::get_if<RouteOptions>(&found))
    return finish(exchange, empty_response().set_header("Allow", options->allow));
  const auto& miss = std::get<RouteMiss>(found);
  Response response = refuse(exchange, miss.refusal);
  if (!miss.allow.empty()) response.set_header("Allow", miss.allow);
  return response;
}

Check Gateway::check_body(const Exchange& exchange, const Head& head) const {
  const Route& route = *exchange.route;
  const Method method = exchange.request.method;
  if (!may_have_body(method)) {
    if (exchange.body_bytes != 0)
      return registry::refuse("malformed-request").at("header/content-length", "unexpected_body");
    return Accepted{};
  }
  if (!head.content_length && method != Method::delete_) return registry::refuse("length-required");
  if (exchange.body_bytes > route.body_bytes_max)
    return registry::refuse("body-too-large").with("limit", std::to_string(route.body_bytes_max));
  if (route.body_bytes_max == 0 || exchange.body_bytes == 0) return Accepted{};
  const auto& types = route.request_types;
  if (std::find(types.begin(), types.end(), exchange.request.media_type()) == types.end())
    return registry::refuse("unsupported-media-type").with("types", join(types));
  return Accepted{};
}

Check Gateway::check_query(Exchange& exchange, std::string_view query) const {
  exchange.request.query = TRY(parse_query(query));
  const auto& known = exchange.route->parameters;
  registry::Refusal refusal = registry::refuse("bad-parameter");
  for (const auto& [name, value] : exchange.request.query)
    if (std::none_of(known.begin(), known.end(), [&name = name](const Parameter& each) { return each.name == name; }))
      refusal.fields.push_back({"query/" + name, "unknown_parameter", {}});
  for (const Parameter& each : known)
    if (each.required && !exchange.request.query.contains(each.name))
      refusal.fields.push_back({"query/" + each.name, "required", {}});
  if (!refusal.fields.empty()) return refusal;
  return Accepted{};
}

Check Gateway::authorise(Exchange& exchange) const {
  if (config_.authorise) return config_.authorise(exchange.request, *exchange.route);
  if (!exchange.route->access.open) return registry::refuse("unauthenticated");
  return Accepted{};
}

Response Gateway::refuse(const Exchange& exchange, const registry::Refusal& refusal) {
  metrics_.counter("tallystick_http_refusals_total", "Refusals by rule.", {{"rule", refusal.rule}}).add();
  Response response = problems_.answer(refusal, exchange.request.request_id);
  response.refusal = refusal;
  charge_failed_proof(exchange, response, refusal.rule);
  return finish(exchange, std::move(response));
}

Response Gateway::handle(Exchange& exchange) {
  try {
    return call(exchange);
  } catch (const registry::StoreFault& error) {
    return store_fault(exchange, error);
  } catch (const registry::Fault& error) {
    return fault(exchange, "store-unavailable", error.what());
  } catch (const std::exception& error) {
    return fault(exchange, "internal-error", error.what());
  } catch (...) {
    return fault(exchange, "internal-error", "not a std::exception");
  }
}

Response Gateway::call(const Exchange& exchange) {
  if (const Check sound = check_content_digest(exchange.request); !sound) return refuse(exchange, sound.error());
  Response response = exchange.route->handle(exchange.request);
  if (response.refusal) {
    if (response.refusal->rule == "not-found" && !exchange.route->access.open) wait_for_full_step(exchange.start);
    Response problem = refuse(exchange, *response.refusal);
    for (const auto& [field, value] : response.headers) problem.set_header(field, value);
    return problem;
  }
  if (!is_clean(response)) return fault(exchange, "internal-error", "an answer has a control character in a header");
  return finish(exchange, with_etag(exchange.request, std::move(response)));
}

Response Gateway::store_fault(const Exchange& exchange, const registry::StoreFault& error) {
  switch (error.error()) {
    case registry::StoreError::busy:
    case registry::StoreError::conflict:
      return fault(exchange, "store-busy", error.what());
    case registry::StoreError::full:
      return fault(exchange, "storage-full", error.what());
    case registry::StoreError::unknown_outcome:
      return fault(exchange, "outcome-unknown", error.what());
    case registry::StoreError::unavailable:
    case registry::StoreError::corrupt:
      break;
  }
  return fault(exchange, "store-unavailable", error.what());
}

/// The log learns what happened, the client only the number under which to ask.
Response Gateway::fault(const Exchange& exchange, std::string_view rule, std::string_view what) {
  const std::string incident = crypto::random_hex(8);
  log(LogLine("fault")
          .add("id", exchange.request.request_id)
          .add("incident", incident)
          .add("rule", rule)
          .add("operation", exchange.route ? exchange.route->operation : "")
          .add("what", what)
          .str());
  return refuse(exchange, registry::refuse(rule).with("incident", incident));
}

Response Gateway::finish(const Exchange& exchange, Response response) {
  if (exchange.request.secure) response.set_header("Strict-Transport-Security", kStrictTransport);
  if (!response.header("Cache-Control"))
    response.set_header("Cache-Control", response.header("ETag") ? "private, no-cache" : "no-store");
  response.set_header("X-Content-Type-Options", "nosniff");
  if (exchange.allowance && exchange.allowance->quota != 0 && !response.header("RateLimit")) {
    response.set_header("RateLimit", exchange.allowance->limit_field());
    response.set_header("RateLimit-Policy", exchange.allowance->policy_field());
  }
  if (is_for_browsers(response.content_type)) make_browser_safe(response);
  return response;
}

Gateway::RouteStats& Gateway::stats_of(const Exchange& exchange) { return *stats_.find(exchange.route)->second; }

void Gateway::record(const Exchange& exchange, const Response& response) {
  const auto took = std::chrono::steady_clock::now() - exchange.start;
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  RouteStats& stats = stats_of(exchange);
  stats.duration->observe_us(static_cast<std::uint64_t>(us));
  auto& slot = stats.by_status.at(static_cast<std::size_t>(std::clamp(response.status, 100, 599) - 100));
  Counter* counter = exchange.route ? slot.load(std::memory_order_acquire) : nullptr;
  if (!counter) {
    counter = &metrics_.counter("tallystick_http_requests_total", kRequestsHelp,
                                {{"method", label(exchange)},
                                 {"route", exchange.route ? exchange.route->path : "unmatched"},
                                 {"status", std::to_string(response.status)}});
    slot.store(counter, std::memory_order_release);
  }
  counter->add();
  if (!log_) return;
  LogLine line("request");
  line.add("id", exchange.request.request_id).add("peer", exchange.request.peer).add("method", exchange.method);
  const bool hidden = exchange.route && exchange.route->secret_path;
  line.add("path", hidden ? exchange.route->path : exchange.request.path).add("status", response.status).add("us", us);
  line.add("in", static_cast<std::int64_t>(exchange.body_bytes));
  line.add("out", static_cast<std::int64_t>(response.body_bytes()));
  if (exchange.route) line.add("operation", exchange.route->operation);
  if (response.refusal) line.add("rule", response.refusal->rule);
  if (exchange.request.principal) line.add("who", exchange.request.principal->log_name());
  log_(line.str());
}

void Gateway::log(std::string_view line) const {
  if (log_) log_(line);
}

}  // namespace api
