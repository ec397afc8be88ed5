#include "api/http/wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace api {
namespace {

using std::chrono::milliseconds;

/// What recv said; `late` when nothing was there.
ReadResult result_of(ssize_t n) {
  if (n > 0) return {ReadResult::Kind::bytes, static_cast<std::size_t>(n)};
  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {ReadResult::Kind::late, 0};
  return {ReadResult::Kind::closed, 0};
}

timeval to_timeval(milliseconds time) {
  timeval out{};
  out.tv_sec = time.count() / 1000;
  out.tv_usec = time.count() % 1000 * 1000;
  return out;
}

iovec piece(std::string_view bytes) { return {const_cast<char*>(bytes.data()), bytes.size()}; }

/// Drops `sent` bytes from the front of the two.
void consume(std::string_view& head, std::string_view& body, std::size_t sent) {
  const std::size_t of_head = std::min(sent, head.size());
  head.remove_prefix(of_head);
  body.remove_prefix(sent - of_head);
}

}  // namespace

Wire::Wire(std::unique_ptr<Poco::Net::StreamSocket> socket, milliseconds idle)
    : socket_(std::move(socket)), fd_(socket_->impl()->sockfd()) {
  const int on = 1;
  const timeval time = to_timeval(std::max(idle, milliseconds{1}));
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
}

Wire::~Wire() = default;

bool Wire::wait(short events, SteadyTime until) const {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd entry{fd_, events, 0};
    const int n = ::poll(&entry, 1, static_cast<int>(std::min<long long>(left, INT_MAX)));
    if (n > 0 || (n < 0 && errno != EINTR)) return true;
  }
}

ReadResult Wire::read_idle(char* at, std::size_t size) {
  ssize_t n = 0;
  do n = ::recv(fd_, at, size, 0);
  while (n < 0 && errno == EINTR);
  return result_of(n);
}

ReadResult Wire::read(char* at, std::size_t size, SteadyTime until) {
  while (wait(POLLIN, until)) {
    const ReadResult result = result_of(::recv(fd_, at, size, MSG_DONTWAIT));
    if (result.kind != ReadResult::Kind::late) return result;
  }
  return {ReadResult::Kind::late, 0};
}

bool Wire::write(std::string_view head, std::string_view body, SteadyTime until) {
  while (!head.empty() || !body.empty()) {
    std::array<iovec, 2> pieces{piece(head), piece(body)};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t n = ::sendmsg(fd_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n >= 0)
      consume(head, body, static_cast<std::size_t>(n));
    else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait(POLLOUT, until)) return false;
    } else if (errno != EINTR)
      return false;
  }
  return true;
}

void Wire::linger(std::size_t bytes_max, SteadyTime until) {
  ::shutdown(fd_, SHUT_WR);
  std::array<char, 65'536> waste;
  for (std::size_t left = bytes_max; left > 0;) {
    const ReadResult result = read(waste.data(), std::min(left, waste.size()), until);
    if (result.kind != ReadResult::Kind::bytes) return;
    left -= result.bytes;
  }
}

void Wire::cut_reading() { ::shutdown(fd_, SHUT_RD); }

void Wire::cut() { ::shutdown(fd_, SHUT_RDWR); }

}  // namespace api
