#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/limits.h"
#include "api/http/networks.h"
#include "api/http/route.h"
#include "api/http/tls.h"

namespace api {

class RateLimiter;

/// Takes one JSON line without its newline. Called from many threads at once.
using LogSink = std::function<void(std::string_view line)>;

/// How one server is set up.
struct ServerConfig : Limits {
  std::string address = "127.0.0.1";
  /// 0: any free port, see Server::port.
  std::uint16_t port = 0;
  int backlog = 1024;

  /// Set: TLS only. Shared with whoever brings new certificates.
  std::shared_ptr<TlsServer> tls;
  /// Reverse proxies that speak TLS for us: believed about the client's address, not counted as one client. Set: from
  /// any other address but loopback nothing is taken.
  Networks proxies;

  /// Null: nobody's requests are counted.
  std::shared_ptr<RateLimiter> rates;

  /// Under which people reach the server, "https://registry.example"; empty: the scheme and Host they ask for.
  std::string origin;

  /// Missing: only open routes are served, others answer unauthenticated.
  Authorise authorise;
};

}  // namespace api
