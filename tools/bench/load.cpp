#include "tools/bench/load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string_view>

namespace tools {
namespace {

using Time = std::chrono::steady_clock;

/// One connection: what it still has to send, and the answer it is reading.
struct Lane {
  const Script* script = nullptr;
  int socket = -1;
  std::size_t next = 0;
  std::string answer;
  Time::time_point begun;
  bool done() const { return next >= script->requests.size(); }
};

int connect_to(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (fd < 0 || ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to the server under test");
  return fd;
}

/// Bytes of the whole answer once its head is there, else 0.
std::size_t answer_size(std::string_view answer) {
  const auto head = answer.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  constexpr std::string_view name = "Content-Length: ";
  const auto at = answer.substr(0, head).find(name);
  if (at == std::string_view::npos) throw std::runtime_error("an answer without Content-Length");
  std::size_t length = 0;
  std::from_chars(answer.data() + at + name.size(), answer.data() + head, length);
  return head + 4 + length;
}

std::size_t refusals_in(std::string_view answer) {
  if (answer.size() < 10 || answer[9] != '2') return 1;
  std::size_t count = 0;
  constexpr std::string_view mark = "{\"problem\":";
  for (auto at = answer.find(mark); at != std::string_view::npos; at = answer.find(mark, at + 1)) ++count;
  return count;
}

class Load {
 public:
  Load(std::uint16_t port, const std::vector<Script>& scripts) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    lanes_.resize(scripts.size());
    for (std::size_t i = 0; i < scripts.size(); ++i) {
      lanes_[i].script = &scripts[i];
      lanes_[i].socket = connect_to(port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, lanes_[i].socket, &event);
    }
  }
  ~Load() {
    for (const Lane& lane : lanes_) ::close(lane.socket);
    ::close(poll_);
  }

  LoadResult run(unsigned seconds_max) {
    const auto start = Time::now();
    const auto end = start + std::chrono::seconds(seconds_max);
    for (Lane& lane : lanes_) begin(lane, end);
    while (open_ > 0) step(end);
    result_.elapsed_us =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - start).count());
    std::sort(result_.latencies_us.begin(), result_.latencies_us.end());
    return std::move(result_);
  }

 private:
  void begin(Lane& lane, Time::time_point end) {
    if (lane.done() || Time::now() >= end) return;
    ++open_;
    lane.begun = Time::now();
    const std::string& request = lane.script->requests[lane.next];
    for (std::size_t sent = 0; sent < request.size();) {
      const auto n = ::send(lane.socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) throw std::runtime_error("the server under test closed a connection");
      sent += static_cast<std::size_t>(n);
    }
  }

  void step(Time::time_point end) {
    std::array<epoll_event, 64> events{};
    const int n = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 30'000);
    if (n <= 0) throw std::runtime_error("the server under test does not answer");
    for (int i = 0; i < n; ++i) read(lanes_[events[static_cast<std::size_t>(i)].data.u64], end);
  }

  void read(Lane& lane, Time::time_point end) {
    std::array<char, 65'536> buffer;
    const auto n = ::recv(lane.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (n <= 0) throw std::runtime_error("the server under test closed a connection");
    lane.answer.append(buffer.data(), static_cast<std::size_t>(n));
    const std::size_t size = answer_size(lane.answer);
    if (size == 0 || lane.answer.size() < size) return;
    finish(lane);
    begin(lane, end);
  }

  void finish(Lane& lane) {
    --open_;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - lane.begun).count();
    result_.latencies_us.push_back(static_cast<std::uint32_t>(us));
    const std::size_t refused = refusals_in(lane.answer);
    if (refused > 0 && result_.first_refusal.empty()) result_.first_refusal = lane.answer.substr(0, 2'000);
    ++result_.requests;
    result_.refused += refused;
    result_.entries += lane.script->entries_each - std::min(refused, lane.script->entries_each);
    lane.answer.clear();
    ++lane.next;
  }

  int poll_;
  std::vector<Lane> lanes_;
  std::size_t open_ = 0;
  LoadResult result_;
};

}  // namespace

double LoadResult::entries_per_s() const {
  return elapsed_us == 0 ? 0 : static_cast<double>(entries) * 1e6 / static_cast<double>(elapsed_us);
}

std::uint32_t LoadResult::percentile_us(unsigned percent) const {
  if (latencies_us.empty()) return 0;
  return latencies_us[std::min(latencies_us.size() - 1, latencies_us.size() * percent / 100)];
}

LoadResult run_load(std::uint16_t port, const std::vector<Script>& scripts, unsigned seconds_max) {
  return Load(port, scripts).run(seconds_max);
}

}  // namespace tools
