#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace city {

/// One server-sent event.
struct Event {
  std::string name, id;
  nlohmann::json data;
};

/// A client of /v1/stream. For one thread.
class Listener {
 public:
  using Fields = std::map<std::string, std::string>;
  Listener(std::uint16_t port, const std::string& path, const std::string& token, Fields fields = {});
  ~Listener();

  int status() const { return status_; }
  /// The next event with data; nothing when none comes in time or the stream has ended.
  std::optional<Event> next(std::chrono::milliseconds patience = std::chrono::milliseconds{3'000});
  /// Waits for the next change; its names as "kind id", joined by commas, new ones with a +.
  std::string change(std::chrono::milliseconds patience = std::chrono::milliseconds{3'000});
  /// The last id the stream has told, with or without an event.
  const std::string& last_id() const { return last_id_; }
  bool ended() const { return ended_; }

 private:
  bool fill(std::chrono::milliseconds patience);
  struct Socket;
  std::unique_ptr<Socket> socket_;
  int status_ = 0;
  bool ended_ = false;
  std::string buffer_, last_id_;
};

/// "kind id" of what a change names, joined by commas, new ones with a +.
std::string names_in(const nlohmann::json& change);

}  // namespace city
