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

#include "api/http/tls_socket.h"

namespace api {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kOneRecord = 15'000;

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
    : socket_(std::move(socket)), fd_(socket_->impl()->sockfd()), idle_(idle) {
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

/// The first byte tells: a TLS record begins with 22, a method of HTTP with a letter.
Opening Wire::secure(const TlsServer& tls, SteadyTime until) {
  char first = 0;
  if (!wait(POLLIN, until) || ::recv(fd_, &first, 1, MSG_PEEK | MSG_DONTWAIT) != 1) return Opening::failed;
  if (first >= 'A' && first <= 'Z') return Opening::plain;
  tls_ = std::make_unique<TlsSocket>(*socket_, *tls.context());
  return shake_hands(until);
}

Opening Wire::shake_hands(SteadyTime until) {
  for (;;) {
    const TlsSocket::Step step = tls_->handshake();
    if (step == TlsSocket::Step::done) return Opening::ready;
    const short events = step == TlsSocket::Step::wants_write ? POLLOUT : POLLIN;
    if (step == TlsSocket::Step::closed || !wait(events, until)) {
      why_ = tls_->why();
      return Opening::failed;
    }
  }
}

ReadResult Wire::read_idle(char* at, std::size_t size) {
  if (tls_) return read_tls(at, size, std::chrono::steady_clock::now() + idle_);
  ssize_t n = 0;
  do n = ::recv(fd_, at, size, 0);
  while (n < 0 && errno == EINTR);
  return result_of(n);
}

ReadResult Wire::read(char* at, std::size_t size, SteadyTime until) {
  return tls_ ? read_tls(at, size, until) : read_plain(at, size, until);
}

/// Reads before it waits: what OpenSSL has taken off the socket already, no poll tells.
ReadResult Wire::read_tls(char* at, std::size_t size, SteadyTime until) {
  for (;;) {
    const TlsSocket::Moved moved = tls_->read(at, size);
    if (moved.step == TlsSocket::Step::done) return {ReadResult::Kind::bytes, moved.bytes};
    if (moved.step == TlsSocket::Step::closed) return {ReadResult::Kind::closed, 0};
    if (!wait(moved.step == TlsSocket::Step::wants_write ? POLLOUT : POLLIN, until)) return {ReadResult::Kind::late, 0};
  }
}

ReadResult Wire::read_plain(char* at, std::size_t size, SteadyTime until) {
  while (wait(POLLIN, until)) {
    const ReadResult result = result_of(::recv(fd_, at, size, MSG_DONTWAIT));
    if (result.kind != ReadResult::Kind::late) return result;
  }
  return {ReadResult::Kind::late, 0};
}

/// A small body goes into one record with its head.
bool Wire::write(std::string_view head, std::string_view body, SteadyTime until) {
  if (!tls_) return write_plain(head, body, until);
  if (body.size() > kOneRecord) return write_tls(head, until) && write_tls(body, until);
  return write_tls(std::string(head).append(body), until);
}

bool Wire::write_tls(std::string_view bytes, SteadyTime until) {
  while (!bytes.empty()) {
    const TlsSocket::Moved moved = tls_->write(bytes.data(), bytes.size());
    if (moved.step == TlsSocket::Step::closed) return false;
    if (moved.step == TlsSocket::Step::done)
      bytes.remove_prefix(moved.bytes);
    else if (!wait(moved.step == TlsSocket::Step::wants_read ? POLLIN : POLLOUT, until))
      return false;
  }
  return true;
}

bool Wire::write_plain(std::string_view head, std::string_view body, SteadyTime until) {
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

ReadResult Wire::read_now(char* at, std::size_t size) {
  if (!tls_) return result_of(::recv(fd_, at, size, MSG_DONTWAIT));
  const TlsSocket::Moved moved = tls_->read(at, size);
  if (moved.step == TlsSocket::Step::done) return {ReadResult::Kind::bytes, moved.bytes};
  return {moved.step == TlsSocket::Step::closed ? ReadResult::Kind::closed : ReadResult::Kind::late, 0};
}

std::optional<std::size_t> Wire::write_now(std::string_view bytes) {
  if (tls_) {
    const TlsSocket::Moved moved = tls_->write(bytes.data(), bytes.size());
    if (moved.step == TlsSocket::Step::closed) return {};
    return moved.step == TlsSocket::Step::done ? moved.bytes : 0;
  }
  ssize_t n = 0;
  do n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n >= 0) return static_cast<std::size_t>(n);
  if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
  return {};
}

void Wire::linger(std::size_t bytes_max, SteadyTime until) {
  if (tls_) tls_->say_goodbye();
  ::shutdown(fd_, SHUT_WR);
  std::array<char, 65'536> waste;
  for (std::size_t left = bytes_max; left > 0;) {
    const ReadResult result = read_plain(waste.data(), std::min(left, waste.size()), until);
    if (result.kind != ReadResult::Kind::bytes) return;
    left -= result.bytes;
  }
}

void Wire::cut_reading() { ::shutdown(fd_, SHUT_RD); }

void Wire::cut() { ::shutdown(fd_, SHUT_RDWR); }

}  // namespace api
