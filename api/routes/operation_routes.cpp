#include "api/routes/operation_routes.h"

#include <nlohmann/json.hpp>

#include "api/access/roles.h"
#include "api/routes/route_makers.h"

namespace api {
namespace {

using namespace registry;

Json optional_text(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Result<Response> status(const Service& service, const Request&) {
  const RegistryStatus now = service.registry.status();
  return json_response(200, {{"ledger", service.registry.name()},
                             {"version", TALLYSTICK_VERSION},
                             {"size", now.state.size},
                             {"root", now.state.root.base64()},
                             {"rtime", now.state.rtime.str()},
                             {"policy", now.state.policy},
                             {"epoch", now.state.epoch},
                             {"waiting", now.waiting},
                             {"quarantine", optional_text(now.quarantine)},
                             {"stopped", optional_text(now.stopped)}});
}

Result<Response> health(const Service&, const Request&) { return text_response(200, "ok\n"); }

/// Not ready means that no entry can be stored; reads go on.
Result<Response> ready(const Service& service, const Request&) {
  const RegistryStatus now = service.registry.status();
  if (now.quarantine) return refuse("quarantine");
  if (now.stopped) return refuse("writer-stopped");
  return text_response(200, "ready\n");
}

Result<Response> metrics(const Service& service, const Request&) {
  return bytes_response(200, "text/plain; version=0.0.4", service.metrics.text());
}

struct Gauge {
  std::string_view name, help;
  std::int64_t (*read)(const Registry&);
};

std::int64_t count(const Registry& registry, std::atomic<std::uint64_t> SequencerCounts::*member) {
  const SequencerCounts* counts = registry.counts();
  return counts ? static_cast<std::int64_t>((counts->*member).load()) : 0;
}

constexpr Gauge kGauges[] = {
    {"tallystick_log_size", "Entries in the log.", [](const Registry& r) { return r.status().state.size; }},
    {"tallystick_queue_entries", "Entries that wait for the sequencer.",
     [](const Registry& r) { return static_cast<std::int64_t>(r.status().waiting); }},
    {"tallystick_quarantine", "1 when the ledger is in doubt: reads only.",
     [](const Registry& r) { return std::int64_t{r.status().quarantine ? 1 : 0}; }},
    {"tallystick_writer_stopped", "1 when writing has stopped for good.",
     [](const Registry& r) { return std::int64_t{r.status().stopped ? 1 : 0}; }},
    {"tallystick_entries_appended_total", "Entries stored since the start.",
     [](const Registry& r) { return count(r, &SequencerCounts::entries); }},
    {"tallystick_entries_refused_total", "Entries the sequencer refused since the start.",
     [](const Registry& r) { return count(r, &SequencerCounts::refused); }},
    {"tallystick_commits_total", "Commits since the start.",
     [](const Registry& r) { return count(r, &SequencerCounts::commits); }},
    {"tallystick_commit_microseconds_total", "Time spent in commits since the start.",
     [](const Registry& r) { return count(r, &SequencerCounts::commit_us); }},
    {"tallystick_folds_total", "Times the read tables were brought up to the log since the start.",
     [](const Registry& r) { return count(r, &SequencerCounts::folds); }},
    {"tallystick_fold_microseconds_total", "Time spent in them since the start.",
     [](const Registry& r) { return count(r, &SequencerCounts::fold_us); }},
};

Route text_route(std::string path, std::string operation, std::string summary, Access access, Handler handler) {
  Route route = read_route(std::move(path), std::move(operation), std::move(summary), access, {}, std::move(handler));
  route.response_type = "text/plain; charset=utf-8";
  route.tag = "operation";
  return route;
}

}  // namespace

void add_gauges(const Service& service) {
  for (const Gauge& gauge : kGauges)
    service.metrics.gauge(gauge.name, gauge.help,
                          [&registry = service.registry, read = gauge.read] { return read(registry); });
  service.metrics.gauge("tallystick_build_info", "Always 1.", [] { return std::int64_t{1}; },
                        {{"version", TALLYSTICK_VERSION}});
}

Routes operation_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  Route state = read_route("/v1/status", "getStatus", "Size of the log, queue, and whether it can be written to.",
                           kByRights, R"({"type":"object"})", with(status));
  state.tag = "operation";
  Route readiness = text_route("/readyz", "getReadiness", "200 when entries can be stored.", kOpen, with(ready));
  readiness.refusals = {"quarantine", "writer-stopped"};
  Route scrape =
      text_route("/metrics", "getMetrics", "Metrics in the Prometheus text format.", kByRights, with(metrics));
  scrape.response_type = "text/plain; version=0.0.4";
  return {std::move(state), text_route("/healthz", "getHealth", "200 while the process serves.", kOpen, with(health)),
          std::move(readiness), std::move(scrape)};
}

}  // namespace api
