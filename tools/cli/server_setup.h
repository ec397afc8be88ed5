#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/access/oidc.h"
#include "api/http/server_config.h"
#include "registry/base/time.h"
#include "tools/cli/options.h"

namespace tools {

/// How `serve` would run on this folder with these options, and every mistake in it, one sentence each with what to do:
/// a certificate or key that cannot be used now, plain HTTP where others could listen, a proxy that is no address. Asks
/// nobody and opens no port.
struct ServerSetup {
  api::ServerConfig config;
  std::vector<std::string> faults;
};
ServerSetup server_setup(const Home& home, const ServeOptions& options, registry::UtcTime now);

/// Certificate and key from their files. Throws UsageError with what is wrong with them, now.
crypto::TlsIdentity load_identity(const std::filesystem::path& certificate, const std::filesystem::path& key,
                                  registry::UtcTime now);

/// Reads certificate and key again. Throws UsageError, with nothing changed, when they cannot be used now.
void reload_tls(const Home& home, const ServeOptions& options, api::TlsServer& tls, registry::UtcTime now);

/// Null where the configuration names no issuer. Throws UsageError for a file of keys that is missing or holds none; an
/// address is asked when the first token comes. Borrows the clock.
std::unique_ptr<api::Oidc> oidc_of(const Home& home, const registry::Clock& clock);

/// "https://127.0.0.1:8360".
std::string url_of(const api::ServerConfig& config, std::uint16_t port);

}  // namespace tools
