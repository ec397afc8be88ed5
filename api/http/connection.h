#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/http/gateway.h"
#include "api/http/head.h"
#include "api/http/server_config.h"
#include "api/http/wire.h"

namespace api {

/// Bytes of bodies held by all connections.
class BodyBudget {
 public:
  explicit BodyBudget(std::size_t max) : max_(max) {}
  bool take(std::size_t bytes);
  void give_back(std::size_t bytes) { held_.fetch_sub(bytes); }

 private:
  const std::size_t max_;
  std::atomic<std::size_t> held_{0};
};

/// One client: reads requests one after the other, answers each in full before the next is looked at, so that pipelined
/// requests are answered in order. Whatever leaves the framing in doubt ends the connection.
class Connection {
 public:
  Connection(std::unique_ptr<Poco::Net::StreamSocket> socket, std::string peer, const ServerConfig& config,
             Gateway& gateway, BodyBudget& budget, const std::atomic<bool>& stopping);

  /// Serves until the connection ends. Never throws.
  void run();
  /// From another thread: ends it unless a request is being worked on; that one is answered first.
  void end_when_idle();
  /// From another thread: ends it at once.
  void cut() { wire_.cut(); }
  const std::string& peer() const { return peer_; }
  /// From another thread: true while nothing is worked on or sent, and the client is waited for.
  bool is_waiting() const { return waiting_; }

  /// After run: what the connection goes on with, without a thread of its own; null when it has ended.
  EventStream* stream() const { return stream_.get(); }
  Wire& wire() { return wire_; }

 private:
  enum class Next { request, stream, linger, end };

  bool open();
  void answer_in_the_clear();
  bool serve();
  bool wait_for_request();
  registry::Result<Head> read_head(const Exchange& exchange);
  registry::Check read_more(const Exchange& exchange);
  Response answer(Exchange& exchange);
  Response respond(Exchange& exchange, Head head);
  registry::Check read_body(Exchange& exchange);
  registry::Check read_rest(Exchange& exchange, SteadyTime start);
  Next send(const Exchange& exchange, const Response& response);
  bool send_file(std::string_view head, const registry::SpoolFile& file);
  registry::Refusal head_too_large() const;
  std::string_view buffered() const { return {buffer_.data() + begin_, end_ - begin_}; }

  const ServerConfig& config_;
  Gateway& gateway_;
  BodyBudget& budget_;
  const std::atomic<bool>& stopping_;
  const std::string peer_;
  Wire wire_;
  /// Received and not used yet: [begin_, end_).
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  std::size_t served_ = 0;
  std::atomic<bool> busy_{false}, waiting_{true};
  std::shared_ptr<EventStream> stream_;
};

}  // namespace api
