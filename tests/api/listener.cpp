#include "tests/api/listener.h"

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocket.h>

#include <array>

namespace city {

struct Listener::Socket : Poco::Net::StreamSocket {
  using StreamSocket::StreamSocket;
};

Listener::Listener(std::uint16_t port, const std::string& path, const std::string& token, Fields fields)
    : socket_(std::make_unique<Socket>(Poco::Net::SocketAddress("127.0.0.1", port))) {
  std::string head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
  if (!token.empty()) fields["Authorization"] = "Bearer " + token;
  for (const auto& [name, value] : fields) head += name + ": " + value + "\r\n";
  head += "\r\n";
  socket_->sendBytes(head.data(), static_cast<int>(head.size()));
  while (buffer_.find("\r\n\r\n") == std::string::npos && fill(std::chrono::milliseconds{3'000})) {
  }
  status_ = std::stoi(buffer_.substr(9, 3));
  buffer_.erase(0, buffer_.find("\r\n\r\n") + 4);
}

Listener::~Listener() = default;

bool Listener::fill(std::chrono::milliseconds patience) {
  std::array<char, 65'536> bytes;
  try {
    if (!socket_->poll(Poco::Timespan(patience.count() * 1000), Poco::Net::Socket::SELECT_READ)) return false;
    const int n = socket_->receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
    ended_ = n <= 0;
    if (n > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(n));
  } catch (const Poco::Exception&) {
    ended_ = true;
  }
  return !ended_;
}

std::optional<Event> Listener::next(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const auto end = buffer_.find("\n\n");
    if (end == std::string::npos) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0 || !fill(left)) return {};
      continue;
    }
    Event event;
    std::string block = buffer_.substr(0, end + 1), data;
    buffer_.erase(0, end + 2);
    for (std::size_t line = 0; line < block.size(); line = block.find('\n', line) + 1) {
      const std::string text = block.substr(line, block.find('\n', line) - line);
      if (text.starts_with("id: ")) last_id_ = text.substr(4);
      if (text.starts_with("event: ")) event.name = text.substr(7);
      if (text.starts_with("data: ")) data = text.substr(6);
    }
    if (data.empty()) continue;
    event.id = last_id_;
    event.data = nlohmann::json::parse(data);
    return event;
  }
}

std::string Listener::change(std::chrono::milliseconds patience) {
  while (const auto event = next(patience))
    if (event->name == "change") return names_in(event->data);
  return {};
}

std::string names_in(const nlohmann::json& change) {
  std::string out;
  for (const auto& thing : change.at("changed"))
    out += (out.empty() ? "" : ", ") + thing.at("kind").get<std::string>() + " " + thing.at("id").get<std::string>() +
           (thing.at("new").get<bool>() ? "+" : "");
  return out;
}

}  // namespace city
