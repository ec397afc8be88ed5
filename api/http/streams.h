#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/http/connection.h"

namespace api {

/// All event streams, on one thread: whoever only listens must not hold one of the threads that answer. Nothing here
/// waits for a client; one that does not read is cut. Thread-safe.
class Streams {
 public:
  /// Borrows both.
  Streams(const ServerConfig& config, Gateway& gateway);
  ~Streams();

  /// Takes a connection whose head is sent. Ended at once after stop.
  void add(std::unique_ptr<Connection> connection);
  /// There may be news for some of them.
  void wake();
  /// Ends all of them; returns when the last has ended.
  void stop();
  std::size_t size() const { return size_; }

 private:
  struct Stream {
    std::unique_ptr<Connection> connection;
    /// To be sent, from `sent` on.
    std::string out;
    std::size_t sent = 0;
    /// When the client last took something.
    SteadyTime moved;
    EventStream::State state = EventStream::State::has_more;
    bool is_waiting_for_client() const { return sent < out.size(); }
  };
  using List = std::list<Stream>;

  void run();
  bool take_arrivals();
  void wait();
  std::chrono::milliseconds patience() const;
  void serve_all();
  bool serve(Stream& stream, bool news, SteadyTime now);
  bool say(Stream& stream, SteadyTime now);
  bool send(Stream& stream, SteadyTime now);
  bool is_gone(Stream& stream) const;
  void count_end(const char* why);

  const ServerConfig& config_;
  Gateway& gateway_;
  /// Written to by wake, so that poll returns.
  int wake_fd_;
  std::atomic<std::size_t> size_{0};
  std::atomic<bool> news_{false};

  std::mutex mutex_;
  /// The next two: under mutex_.
  std::vector<std::unique_ptr<Connection>> arrivals_;
  bool stopping_ = false;

  /// The thread's own.
  List open_;
  SteadyTime last_turn_;
  std::thread thread_;
};

}  // namespace api
