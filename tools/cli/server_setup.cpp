#include "tools/cli/server_setup.h"

#include <algorithm>

#include "api/http/https_get.h"
#include "api/http/rate_limiter.h"
#include "tools/home/files.h"

namespace tools {
namespace {

/// On loopback everybody is the same address, and connections stay open between the bursts of a bench.
constexpr std::chrono::milliseconds kLoopbackIdle{30'000};

struct TlsFiles {
  std::filesystem::path certificate, key;
};

/// Options stand over the file; both names are empty without TLS.
TlsFiles tls_files(const Home& home, const ServeOptions& options) {
  if (!options.tls_certificate.empty() || !options.tls_key.empty()) return {options.tls_certificate, options.tls_key};
  if (home.config().tls_certificate.empty()) return {};
  return {home.place(home.config().tls_certificate), home.place(home.config().tls_key)};
}

std::string day_of(std::int64_t seconds) { return registry::UtcTime{seconds * 1000}.str(); }

crypto::TlsIdentity load_identity(const TlsFiles& files, registry::UtcTime now) {
  if (files.certificate.empty() || files.key.empty())
    throw UsageError("--tls-cert and --tls-key go together: one is missing");
  return tools::load_identity(files.certificate, files.key, now);
}

void set_tls(ServerSetup& setup, const TlsFiles& files, registry::UtcTime now) {
  if (files.certificate.empty() && files.key.empty()) return;
  try {
    setup.config.tls = std::make_shared<api::TlsServer>(load_identity(files, now));
  } catch (const UsageError& error) {
    setup.faults.emplace_back(error.what());
  }
}

void set_proxies(ServerSetup& setup, const std::vector<std::string>& proxies) {
  for (const std::string& proxy : proxies)
    if (!setup.config.proxies.add(proxy))
      setup.faults.push_back("--behind-proxy " + proxy + " is neither an address nor a network such as 10.1.0.0/16");
}

void set_limits(api::ServerConfig& config, const HomeConfig& home) {
  static_cast<api::Limits&>(config) = home.limits;
  const bool local = api::is_loopback(config.address);
  if (!home.tells("limits.connections_per_address_max"))
    config.connections_per_address_max =
        local ? config.connections_max : std::min(config.connections_per_address_max, config.connections_max);
  if (local && !home.tells("limits.idle_timeout_ms")) config.idle_timeout = kLoopbackIdle;
}

/// On loopback without a proxy everybody is this machine, and a bench or a rebuild asks as fast as it can: there only
/// what is set counts.
void set_rates(api::ServerConfig& config, const HomeConfig& home) {
  const bool local = api::is_loopback(config.address) && config.proxies.empty();
  const auto unless_told = [&](const char* name, std::uint32_t& quota) {
    if (local && !home.tells(std::string("limits.") + name)) quota = 0;
  };
  unless_told("address_requests_per_minute", config.address_requests_per_minute);
  unless_told("session_requests_per_minute", config.session_requests_per_minute);
  unless_told("key_entries_per_minute", config.key_entries_per_minute);
  if (config.address_requests_per_minute || config.session_requests_per_minute || config.key_entries_per_minute)
    config.rates = std::make_shared<api::RateLimiter>(config);
}

}  // namespace

crypto::TlsIdentity load_identity(const std::filesystem::path& certificate, const std::filesystem::path& key,
                                  registry::UtcTime now) {
  const std::string chain = read_file(certificate);
  const std::string the = "the certificate " + certificate.string();
  auto read = crypto::TlsIdentity::parse(chain, read_private_file(key));
  if (const auto* wrong = std::get_if<std::string>(&read)) throw UsageError(the + " cannot be used: " + *wrong);
  auto& identity = std::get<crypto::TlsIdentity>(read);
  if (now.ms / 1000 > identity.not_after())
    throw UsageError(the + " expired at " + day_of(identity.not_after()) + ": get a new one");
  if (now.ms / 1000 < identity.not_before())
    throw UsageError(the + " is valid only from " + day_of(identity.not_before()) + " on: wait, or correct the clock");
  return std::move(identity);
}

ServerSetup server_setup(const Home& home, const ServeOptions& options, registry::UtcTime now) {
  ServerSetup out;
  out.config.address = options.address.empty() ? home.config().address : options.address;
  out.config.port = options.port < 0 ? home.config().port : static_cast<std::uint16_t>(options.port);
  out.config.origin = home.config().origin;
  set_limits(out.config, home.config());
  const TlsFiles files = tls_files(home, options);
  const bool wants_tls = !files.certificate.empty() || !files.key.empty();
  set_tls(out, files, now);
  set_proxies(out, options.behind_proxy.empty() ? home.config().behind_proxy : options.behind_proxy);
  set_rates(out.config, home.config());
  const bool wants_proxy = !options.behind_proxy.empty() || !home.config().behind_proxy.empty();
  if (wants_tls && wants_proxy)
    out.faults.emplace_back("TLS and --behind-proxy exclude each other: either this server speaks TLS, or the proxy");
  if (wants_tls && out.config.origin.starts_with("http://"))
    out.faults.emplace_back(
        "origin begins with http:// and TLS is wanted: browsers reach this server by https:// only");
  if (!wants_tls && !wants_proxy && !api::is_loopback(out.config.address))
    out.faults.push_back("plain HTTP is for this machine only, and " + out.config.address +
                         " can be reached from others: give --tls-cert and --tls-key, or --behind-proxy with the "
                         "address of a proxy that speaks TLS, or listen on 127.0.0.1");
  return out;
}

void reload_tls(const Home& home, const ServeOptions& options, api::TlsServer& tls, registry::UtcTime now) {
  tls.replace(load_identity(tls_files(home, options), now));
}

std::unique_ptr<api::Oidc> oidc_of(const Home& home, const registry::Clock& clock) {
  const HomeConfig& config = home.config();
  if (config.oidc.issuer.empty()) return {};
  if (config.oidc_jwks.find("://") != std::string::npos)
    return std::make_unique<api::Oidc>(
        config.oidc, [url = config.oidc_jwks] { return api::https_get(url, api::KeySet::kBytesMax); }, clock);
  const auto file = home.place(config.oidc_jwks);
  const auto keys = api::KeySet::parse(read_file(file));
  if (!keys || keys->empty()) throw UsageError("oidc.jwks: " + file.string() + " holds no keys for signatures");
  const auto read = [file]() -> std::optional<std::string> {
    try {
      return read_file(file);
    } catch (const UsageError&) {
      return {};
    }
  };
  return std::make_unique<api::Oidc>(config.oidc, read, clock);
}

std::string url_of(const api::ServerConfig& config, std::uint16_t port) {
  const bool v6 = config.address.find(':') != std::string::npos;
  return std::string(config.tls ? "https://" : "http://") + (v6 ? "[" + config.address + "]" : config.address) + ":" +
         std::to_string(port);
}

}  // namespace tools
