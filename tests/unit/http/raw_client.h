#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace raw {

/// An answer as it came over the wire.
struct Answer {
  int status = 0;
  std::string head;
  std::string body;
  /// The value of a field, empty when absent.
  std::string field(std::string_view name) const;
};

/// A socket that says exactly what a test tells it to, and never waits longer than `patience`.
class Client {
 public:
  explicit Client(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::milliseconds{3000});
  ~Client();
  Client(Client&& other) noexcept;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False when the server has gone.
  bool send(std::string_view bytes);
  void half_close();
  /// The next answer; nothing when none comes in time or the connection ends before it is whole.
  std::optional<Answer> answer(bool head_only = false);
  /// Everything until the server closes or time is up.
  std::string rest();
  /// True if the server has closed its side, waiting for it.
  bool closed();

 private:
  bool fill();
  int fd_;
  std::string buffer_;
};

/// Sends one message on a fresh connection and gives all that comes back until the server closes or is silent.
Answer ask(std::uint16_t port, std::string_view message);
/// GET with a Host.
Answer get(std::uint16_t port, std::string_view path, std::string_view fields = {});
/// How many status lines are in `text`.
int count_answers(std::string_view text);

}  // namespace raw
