#include "api/http/connections.h"

#include <Poco/Exception.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "api/http/answer_head.h"
#include "api/http/log_line.h"
#include "api/http/network_of.h"

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
    : config_(config), gateway_(gateway), budget_(config.body_bytes_total_max), streams_(config, gateway) {
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

/// The cap that is reached, or null. May cut a connection to stay below it.
const char* Connections::full_for(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = per_address_.find(network_of(peer));
  const std::size_t own = found == per_address_.end() ? 0 : found->second;
  if (own >= config_.connections_per_address_max && !config_.proxies.contains(peer)) return "address";
  if (open_.size() - leaving_ < config_.connections_max) return nullptr;
  return leaving_ < config_.connections_max && make_room(own) ? nullptr : "total";
}

/// Under mutex_. Those of a declared proxy belong to many people and stay.
bool Connections::make_room(std::size_t own) {
  const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto most = std::max_element(per_address_.begin(), per_address_.end(), more);
  if (most == per_address_.end() || most->second <= own + 1) return false;
  const auto gives_way = [&, network = most->first](const Slot& slot) {
    return !slot.leaving && slot.network == network && slot.connection->is_waiting() &&
           !config_.proxies.contains(slot.connection->peer());
  };
  const auto slot = std::find_if(open_.begin(), open_.end(), gives_way);
  if (slot == open_.end()) return false;
  forget(*slot);
  slot->leaving = true;
  ++leaving_;
  slot->connection->cut();
  gateway_.metrics()
      .counter("tallystick_http_cut_connections_total", "Connections cut while they were waited for, to make room.")
      .add();
  return true;
}

void Connections::forget(Slot& slot) {
  const auto count = per_address_.find(slot.network);
  if (--count->second == 0) per_address_.erase(count);
}

/// False when the system gives no thread; the socket is closed then.
bool Connections::start(std::unique_ptr<Poco::Net::StreamSocket> socket, const std::string& peer) {
  auto connection = std::make_unique<Connection>(std::move(socket), peer, config_, gateway_, budget_, stopping_);
  const std::lock_guard lock(mutex_);
  const auto slot = open_.insert(open_.end(), Slot{std::move(connection), {}, network_of(peer)});
  try {
    slot->thread = std::thread([this, slot] {
      slot->connection->run();
      ended(slot);
    });
  } catch (const std::system_error&) {
    open_.erase(slot);
    return false;
  }
  ++per_address_[slot->network];
  return true;
}

/// On the connection's own thread. The socket closes here unless a stream goes on; the thread is joined by another.
void Connections::ended(Slots::iterator slot) {
  const std::lock_guard lock(mutex_);
  if (slot->leaving)
    --leaving_;
  else
    forget(*slot);
  if (slot->connection->stream())
    streams_.add(std::move(slot->connection));
  else
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
  {
    const std::lock_guard lock(mutex_);
    for (const Slot& slot : open_) slot.connection->end_when_idle();
  }
  streams_.stop();
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
