#include "api/http/streams.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "api/http/log_line.h"
#include "registry/base/fault.h"

namespace api {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// News that come faster are told together.
constexpr milliseconds kTurnGap{100};
/// How often a stream is asked although nobody woke it: whether its session still lasts.
constexpr milliseconds kTick{1'000};
/// A comment: clients drop it.
constexpr std::string_view kHeartbeat = ":\n\n";

/// A client that has vanished without a word is found out by the kernel, whose buffer would take heartbeats for long.
void forget_the_silent(int descriptor, milliseconds after) {
  // Later than we would give it up ourselves.
  const auto time = static_cast<unsigned>(2 * after.count());
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &time, sizeof time);
}

}  // namespace

Streams::Streams(const ServerConfig& config, Gateway& gateway)
    : config_(config), gateway_(gateway), wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (wake_fd_ < 0) throw registry::Fault("no descriptor for the event streams");
  thread_ = std::thread([this] { run(); });
}

Streams::~Streams() {
  stop();
  ::close(wake_fd_);
}

void Streams::add(std::unique_ptr<Connection> connection) {
  forget_the_silent(connection->wire().descriptor(), config_.stream_write_deadline);
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    arrivals_.push_back(std::move(connection));
  }
  ++size_;
  ::eventfd_write(wake_fd_, 1);
}

void Streams::wake() {
  if (size_ == 0 || news_.exchange(true)) return;
  ::eventfd_write(wake_fd_, 1);
}

void Streams::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ::eventfd_write(wake_fd_, 1);
  if (thread_.joinable()) thread_.join();
}

void Streams::run() {
  last_turn_ = steady_clock::now();
  while (take_arrivals()) {
    wait();
    serve_all();
  }
  for (std::size_t i = open_.size(); i > 0; --i) count_end("shutdown");
  open_.clear();
  size_ = 0;
}

/// False when it is time to end.
bool Streams::take_arrivals() {
  std::vector<std::unique_ptr<Connection>> arrivals;
  {
    const std::lock_guard lock(mutex_);
    arrivals.swap(arrivals_);
    if (stopping_) return false;
  }
  for (auto& each : arrivals) open_.push_back({std::move(each), {}, 0, steady_clock::now()});
  return true;
}

/// How long there is nothing to do unless something happens.
milliseconds Streams::patience() const {
  for (const Stream& each : open_)
    if (!each.is_waiting_for_client() && each.state != EventStream::State::waits) return milliseconds{0};
  if (open_.empty()) return milliseconds{-1};
  const auto next = last_turn_ + (news_ ? kTurnGap : kTick);
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(next - steady_clock::now()));
}

void Streams::wait() {
  std::vector<pollfd> entries{{wake_fd_, POLLIN, 0}};
  for (Stream& each : open_) {
    const short out = each.is_waiting_for_client() ? POLLOUT : 0;
    entries.push_back({each.connection->wire().descriptor(), static_cast<short>(POLLIN | out), 0});
  }
  ::poll(entries.data(), entries.size(), static_cast<int>(patience().count()));
  eventfd_t count = 0;
  ::eventfd_read(wake_fd_, &count);
}

void Streams::serve_all() {
  const auto now = steady_clock::now();
  const bool turn = now - last_turn_ >= (news_ ? kTurnGap : kTick);
  if (turn) {
    last_turn_ = now;
    news_ = false;
  }
  for (auto at = open_.begin(); at != open_.end();) {
    if (serve(*at, turn, now)) {
      ++at;
    } else {
      at = open_.erase(at);
      --size_;
    }
  }
}

/// False when it has ended.
bool Streams::serve(Stream& stream, bool news, SteadyTime now) {
  if (is_gone(stream)) return count_end("client"), false;
  if (!send(stream, now)) return count_end("client"), false;
  if (stream.is_waiting_for_client()) {
    if (now - stream.moved < config_.stream_write_deadline) return true;
    return count_end("slow"), false;
  }
  if (stream.state == EventStream::State::over) return count_end("over"), false;
  if (!news && stream.state == EventStream::State::waits) return true;
  if (!say(stream, now)) return count_end("fault"), false;
  return send(stream, now) || (count_end("client"), false);
}

bool Streams::say(Stream& stream, SteadyTime now) {
  stream.out.clear();
  stream.sent = 0;
  try {
    stream.state = stream.connection->stream()->next(stream.out);
  } catch (const std::exception& error) {
    gateway_.log(LogLine("stream").add("peer", stream.connection->peer()).add("what", error.what()).str());
    return false;
  }
  if (stream.out.empty() && now - stream.moved >= config_.stream_heartbeat) stream.out = kHeartbeat;
  return true;
}

/// What the client takes without being waited for; false when it has gone.
bool Streams::send(Stream& stream, SteadyTime now) {
  if (!stream.is_waiting_for_client()) return true;
  const auto taken = stream.connection->wire().write_now(std::string_view(stream.out).substr(stream.sent));
  if (!taken) return false;
  stream.sent += *taken;
  if (*taken > 0) stream.moved = now;
  return true;
}

/// A client has nothing more to say: what it sends is thrown away, and its end is ours.
bool Streams::is_gone(Stream& stream) const {
  std::array<char, 512> waste;
  return stream.connection->wire().read_now(waste.data(), waste.size()).kind == ReadResult::Kind::closed;
}

void Streams::count_end(const char* why) {
  gateway_.metrics()
      .counter("tallystick_http_streams_ended_total", "Event streams that ended, by why.", {{"why", why}})
      .add();
}

}  // namespace api
