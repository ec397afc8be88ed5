#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "api/http/server.h"

namespace raw {

/// A real server on a free port with a handful of routes:
/// GET /ping, GET /json, GET /page, GET /echo/{name} (with ?q=), GET /tile/{tile*}, POST /body (64 KiB), POST /ndjson,
/// PUT /body, DELETE /body, GET /secret (for principals), GET /smuggled (counted), GET /throw/{kind}, GET /slow (sleeps
/// 300 ms), GET /large (3 MB), GET /stream/{kind} (event streams: short, idle, endless, fault).
class TestServer {
 public:
  explicit TestServer(api::ServerConfig config = quick());
  ~TestServer();

  /// Deadlines short enough for a test.
  static api::ServerConfig quick();
  std::uint16_t port() const { return server_.port(); }
  api::Server& server() { return server_; }
  api::Metrics& metrics() { return metrics_; }
  int smuggled() const { return smuggled_; }
  /// The log so far, joined by newlines; a request is logged after its answer is sent, so wait for `part` to occur.
  std::string log_with(std::string_view part);

 private:
  api::Routes routes();
  void add_readers(api::Routes& out);
  void add_writers(api::Routes& out);

  std::atomic<int> smuggled_{0};
  std::mutex mutex_;
  std::string log_;
  api::HttpRefusalTexts texts_;
  api::Metrics metrics_;
  api::Server server_;
};

/// The one most tests share.
TestServer& shared_server();

}  // namespace raw
