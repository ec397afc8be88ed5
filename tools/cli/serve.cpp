#include <sys/resource.h>

#include <cstdio>
#include <iostream>
#include <mutex>

#include "api/console/static_files.h"
#include "api/routes/service_server.h"
#include "registry/store/sqlite/access_file.h"
#include "tools/cli/config_check.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/cli/signal_gate.h"
#include "tools/cli/token_file.h"

namespace tools {
namespace {

/// On loopback everybody is the same address, and connections stay open between the bursts of a bench.
constexpr std::chrono::milliseconds kLoopbackIdle{30'000};

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

int check_config(const std::string& data) {
  const auto faults = config_faults(data);
  for (const std::string& fault : faults) std::cerr << fault << '\n';
  if (!faults.empty()) return kUsage;
  std::cout << "the configuration is good\n";
  return kGood;
}

/// Each connection takes a descriptor.
void raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

api::ServerConfig server_config(const HomeConfig& home, const ServeOptions& options) {
  api::ServerConfig config;
  config.address = options.address.empty() ? home.address : options.address;
  config.port = options.port < 0 ? home.port : static_cast<std::uint16_t>(options.port);
  config.connections_max = home.connections_max;
  config.connections_per_address_max = std::min(config.connections_per_address_max, config.connections_max);
  if (!is_loopback(config.address)) return config;
  config.connections_per_address_max = config.connections_max;
  config.idle_timeout = kLoopbackIdle;
  return config;
}

api::LogSink log_sink(bool quiet) {
  if (quiet) return {};
  return [mutex = std::make_shared<std::mutex>()](std::string_view line) {
    const std::lock_guard lock(*mutex);
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
  };
}

std::string url(const std::string& address, std::uint16_t port) {
  const bool v6 = address.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

void say_state(const registry::RegistryStatus& status) {
  if (!status.quarantine) return;
  std::cerr << "QUARANTINE: " << *status.quarantine
            << ".\nReads are served, every entry is refused (503). Nothing was changed. See \"Quarantine\" in "
               "docs/runbook.md.\n隔离：只提供查询，不接受任何登记；数据未作改动。请按运行手册处理。\n"
            << std::flush;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  if (options.check_config) return check_config(options.data);
  const SignalGate signals;
  raise_open_files();
  const Home home = Home::open(options.data);
  auto tokens = load_tokens(home.tokens());
  const bool nobody_reads = tokens.size() == 0;
  const registry::SystemClock clock;
  OpenLedger ledger(home, clock);
  registry::AccessFile access((home.folder() / "access.db").string());
  const api::ServerConfig config = server_config(home.config(), options);
  api::ServiceServer server(ledger.registry(), std::move(tokens), config, log_sink(options.quiet), {},
                            api::console_routes(), &access);
  server.start();
  if (nobody_reads) std::cerr << "there are no tokens: only the public log can be read\n";
  say_state(ledger.registry().status());
  std::cout << "listening on " << url(config.address, server.port()) << std::endl;
  signals.wait();
  server.stop();
  return kGood;
}

}  // namespace tools
