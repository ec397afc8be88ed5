#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "api/http/metrics.h"
#include "api/http/refusal_texts.h"
#include "api/http/router.h"
#include "api/http/server_config.h"

namespace api {

/// The HTTP/1.1 server: strict framing (RFC 9112), deadlines, limits, routing, problems, metrics and the access log. A
/// connection holds one thread while it lives; a request runs to its end on that thread. Event streams all live on one
/// thread of their own.
class Server {
 public:
  /// Borrows texts and metrics, which must outlive it. An empty sink logs nothing. Does not touch the network.
  Server(ServerConfig config, Router router, const RefusalTexts& texts, Metrics& metrics, LogSink log);
  /// Stops without grace.
  ~Server();

  /// Binds exclusively, so that a second server on the port fails, and starts to accept. Throws registry::Fault when
  /// the address cannot be had.
  void start();
  /// The port bound by start.
  std::uint16_t port() const;
  /// Ends accepting, closes idle connections, lets running requests finish for up to `grace`, then cuts their sockets.
  /// Returns when every handler has returned. May be called twice.
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds{10'000});
  /// Open connections now, without those that are event streams.
  std::size_t connections() const;
  /// Open event streams now.
  std::size_t streams() const;
  /// There may be something to say on them. Cheap; from any thread.
  void wake_streams();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace api
