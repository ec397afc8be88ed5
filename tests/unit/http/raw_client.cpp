#include "tests/unit/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "api/http/text.h"

namespace raw {

std::string Answer::field(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    std::string_view value = api::cut(rest, '\n');
    if (!value.empty() && value.back() == '\r') value.remove_suffix(1);
    if (api::same_text(api::cut(value, ':'), name)) return std::string(api::trim(value));
  }
  return {};
}

Client::Client(std::uint16_t port, std::chrono::milliseconds patience) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  timeval time{};
  time.tv_sec = patience.count() / 1000;
  time.tv_usec = patience.count() % 1000 * 1000;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
}

Client::~Client() {
  if (fd_ >= 0) ::close(fd_);
}

Client::Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)) {}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void Client::half_close() { ::shutdown(fd_, SHUT_WR); }

bool Client::fill() {
  std::array<char, 65'536> bytes;
  const ssize_t n = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (n > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(n));
  return n > 0;
}

std::optional<Answer> Client::answer(bool head_only) {
  while (buffer_.find("\r\n\r\n") == std::string::npos)
    if (!fill()) return {};
  Answer out;
  const auto end = buffer_.find("\r\n\r\n") + 4;
  out.head = buffer_.substr(0, end);
  buffer_.erase(0, end);
  if (out.head.size() > 12) out.status = std::atoi(out.head.c_str() + 9);
  const std::string length = out.field("content-length");
  const std::size_t wanted = length.empty() || head_only ? 0 : std::stoul(length);
  while (buffer_.size() < wanted)
    if (!fill()) return {};
  out.body = buffer_.substr(0, wanted);
  buffer_.erase(0, wanted);
  return out;
}

std::string Client::rest() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

bool Client::closed() {
  std::array<char, 1> byte;
  return ::recv(fd_, byte.data(), 1, MSG_PEEK) == 0;
}

Answer ask(std::uint16_t port, std::string_view message) {
  Client client(port);
  client.send(message);
  return client.answer().value_or(Answer{});
}

Answer get(std::uint16_t port, std::string_view path, std::string_view fields) {
  return ask(port, "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(fields) + "\r\n");
}

int count_answers(std::string_view text) {
  constexpr std::string_view kStart = "HTTP/1.1 ";
  int count = 0;
  for (auto at = text.find(kStart); at != std::string_view::npos; at = text.find(kStart, at + 1))
    if (api::is_digits(text.substr(at + kStart.size(), 3))) ++count;
  return count;
}

}  // namespace raw
