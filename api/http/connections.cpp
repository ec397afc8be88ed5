#include "api/http/connections.h"

#include <Poco/Exception.h>
#include <sys/socket.h>

#include <array>
#include <system_error>

#include "api/http/answer_head.h"
#include "api/http/log_line.h"

namespace api {
namespace {

constexpr std::size_t kTurnedAwayMax = 64;

/// Empty when the client is gone already.
std::string address_of(const Poco::Net::StreamSocket& socket) {
  try {
    return socket.peerAddress().host().toString();
  } catch (const Poco::Exception&) {
    return {};
  }
}

}  // namespace

Connections::Connections(const ServerConfig& config, Gateway& gateway)
    : config_(config), gateway_(gateway), budget_(config.body_bytes_total_max) {
  const Response busy = gateway.problems().answer(registry::refuse("too-many-connections"), {});
  busy_answer_ = answer_head(busy, {}, 1, true) + busy.body;
}

Connections::~Connections() { cut(); }

void Connections::open(std::unique_ptr<Poco::Net::StreamSocket> socket) {
  join_ended();
  const std::string peer = address_of(*socket);
  if (peer.empty() || !is_welcome(peer)) return;
  if (const char* cap = full_for(peer)) {
    count_refused(peer, cap);
    turn_away(std::move(socket));
  } else if (!start(std::move(socket), peer)) {
    count_refused(peer, "threads");
  }
}

/// Without TLS of our own only a declared proxy, or somebody on this machine, may come; others must take the proxy's
/// way, so the socket is closed without a word.
bool Connections::is_welcome(const std::string& peer) {
  if (config_.tls || config_.proxies.empty() || config_.proxies.contains(peer) || is_loopback(peer)) return true;
  count_refused(peer, "proxy");
  return false;
}

/// The cap that is reached, or null.
const char* Connections::full_for(const std::string& peer) const {
  const std::lock_guard lock(mutex_);
  if (open_.size() >= config_.connections_max) return "total";
  if (config_.proxies.contains(peer)) return nullptr;
  const auto found = per_address_.find(peer);
  return found != per_address_.end() && found->second >= config_.connections_per_address_max ? "address" : nullptr;
}

/// False when the system gives no thread; the socket is closed then.
bool Connections::start(std::unique_ptr<Poco::Net::StreamSocket> socket, const std::string& peer) {
  auto connection = std::make_unique<Connection>(std::move(socket), peer, config_, gateway_, budget_, stopping_);
  const std::lock_guard lock(mutex_);
  const auto slot = open_.insert(open_.end(), Slot{std::move(connection), {}});
  try {
    slot->thread = std::thread([this, slot] {
      slot->connection->run();
      ended(slot);
    });
  } catch (const std::system_error&) {
    open_.erase(slot);
    return false;
  }
  ++per_address_[peer];
  return true;
}

/// On the connection's own thread. The socket closes here; the thread is joined by another.
void Connections::ended(Slots::iterator slot) {
  const std::lock_guard lock(mutex_);
  const auto count = per_address_.find(slot->connection->peer());
  if (--count->second == 0) per_address_.erase(count);
  slot->connection.reset();
  ended_.splice(ended_.end(), open_, slot);
  if (open_.empty()) empty_.notify_all();
}

void Connections::join_ended() {
  Slots ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(ended_);
  }
  for (Slot& slot : ended) slot.thread.join();
}

void Connections::count_refused(const std::string& peer, const char* cap) {
  gateway_.metrics()
      .counter("tallystick_http_refused_connections_total", "Connections turned away at a cap.", {{"cap", cap}})
      .add();
  gateway_.log(LogLine("connection_refused").add("peer", peer).add("cap", cap).str());
}

/// Never waits: the answer goes into the empty send buffer or is lost.
void Connections::turn_away(std::unique_ptr<Poco::Net::StreamSocket> socket) {
  // With TLS there is no way to say it without a handshake.
  if (config_.tls) return;
  const int fd = socket->impl()->sockfd();
  std::array<char, 16'384> waste;
  [[maybe_unused]] const auto sent = ::send(fd, busy_answer_.data(), busy_answer_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(fd, SHUT_WR);
  [[maybe_unused]] const auto read = ::recv(fd, waste.data(), waste.size(), MSG_DONTWAIT);
  turned_away_.push_back(std::move(socket));
  if (turned_away_.size() > kTurnedAwayMax) turned_away_.pop_front();
}

void Connections::stop() {
  stopping_ = true;
  const std::lock_guard lock(mutex_);
  for (const Slot& slot : open_) slot.connection->end_when_idle();
}

bool Connections::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, time, [this] { return open_.empty(); });
}

void Connections::cut() {
  stopping_ = true;
  std::unique_lock lock(mutex_);
  for (const Slot& slot : open_) slot.connection->cut();
  empty_.wait(lock, [this] { return open_.empty(); });
  lock.unlock();
  join_ended();
}

std::size_t Connections::size() const {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

}  // namespace api
