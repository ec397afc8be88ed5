#include <sys/resource.h>

#include <cstdio>
#include <iostream>
#include <mutex>

#include "api/console/static_files.h"
#include "api/http/log_line.h"
#include "api/routes/service_server.h"
#include "registry/service/access_anchor.h"
#include "registry/store/sqlite/access_file.h"
#include "tools/cli/config_check.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/cli/server_setup.h"
#include "tools/cli/signal_gate.h"
#include "tools/cli/token_file.h"
#include "tools/home/settings.h"

namespace tools {
namespace {

int check_config(const ServeOptions& options) {
  const auto faults = config_faults(options);
  for (const std::string& fault : faults) std::cerr << fault << '\n';
  if (!faults.empty()) return kUsage;
  std::cout << describe_config(Home::open(options.data).config()) << "the configuration is good\n";
  return kGood;
}

/// Each connection takes a descriptor.
void raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Throws UsageError with every mistake.
api::ServerConfig server_config(const Home& home, const ServeOptions& options) {
  ServerSetup setup = server_setup(home, options, registry::SystemClock().now());
  if (setup.faults.empty()) return std::move(setup.config);
  std::string all;
  for (const std::string& fault : setup.faults) all += (all.empty() ? "" : "\n") + fault;
  throw UsageError(all);
}

api::LogSink log_sink(bool quiet) {
  if (quiet) return {};
  return [mutex = std::make_shared<std::mutex>()](std::string_view line) {
    const std::lock_guard lock(*mutex);
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
  };
}

/// Open connections keep what they have; a certificate that cannot be used changes nothing.
void reload(const Home& home, const ServeOptions& options, const api::ServerConfig& config, const api::LogSink& log) {
  if (!config.tls) return;
  api::LogLine line("certificate");
  try {
    reload_tls(home, options, *config.tls, registry::SystemClock().now());
    line.add("state", "renewed").add("expires", config.tls->expires());
  } catch (const UsageError& error) {
    line.add("state", "kept the old one").add("why", error.what());
  }
  if (log) log(line.str());
}

void say_state(const registry::RegistryStatus& status) {
  if (!status.quarantine) return;
  std::cerr << "QUARANTINE: " << *status.quarantine
            << ".\nReads are served, every entry is refused (503). Nothing was changed. See \"Quarantine\" in "
               "docs/runbook.md.\n隔离：只提供查询，不接受任何登记；数据未作改动。请按运行手册处理。\n"
            << std::flush;
}

void say_state(registry::AccessMatch access) {
  if (access == registry::AccessMatch::holds) return;
  std::cerr << "ACCESS LOG: "
            << (access == registry::AccessMatch::cut_short ? "records were cut off" : "it was rewritten")
            << " since its head was kept.\nReads go on being recorded; the kept head stays as it is. Run tallystick "
               "access verify, and see \"The log of reads\" in docs/runbook.md.\n"
               "查询留痕：与留存的摘要不符，可能被截断或改写；请按运行手册处理。\n"
            << std::flush;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  if (options.check_config) return check_config(options);
  const SignalGate signals;
  raise_open_files();
  const Home home = Home::open(options.data);
  const api::ServerConfig config = server_config(home, options);
  auto tokens = load_tokens(home.tokens());
  const bool nobody_reads = tokens.size() == 0;
  const registry::SystemClock clock;
  OpenLedger ledger(home, clock);
  registry::AccessFile access_file(home.access_log().string());
  registry::AnchorFile access_anchor(home.access_anchor().string());
  const registry::LedgerIdentity identity = identity_of(home);
  registry::AnchoredAccessLog access(access_file, access_anchor, identity.signer, home.config().ledger, clock);
  const api::LogSink log = log_sink(options.quiet);
  api::ServiceServer server(ledger.registry(), std::move(tokens), config, log, {}, api::console_routes(), &access,
                            oidc_of(home, clock));
  server.start();
  if (nobody_reads) std::cerr << "there are no tokens: only the public log can be read\n";
  say_state(ledger.registry().status());
  say_state(access.at_start());
  std::cout << "listening on " << url_of(config, server.port()) << std::endl;
  while (signals.wait() == SIGHUP) reload(home, options, config, log);
  server.stop();
  return kGood;
}

}  // namespace tools
