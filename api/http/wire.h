#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

namespace api {

using SteadyTime = std::chrono::steady_clock::time_point;

struct ReadResult {
  enum class Kind { bytes, closed, late } kind;
  std::size_t bytes = 0;
};

/// A connected socket with total deadlines: Poco's timeouts are per call, so a byte now and then holds a thread for
/// ever. For one thread at a time, except cut_reading and cut, which any thread may call while the wire lives.
class Wire {
 public:
  /// `idle` bounds each read_idle. Sets TCP_NODELAY: an answer is one send, so there is nothing to gather.
  /// Must be the only owner: a copy that another thread drops would close the socket under our feet.
  Wire(std::unique_ptr<Poco::Net::StreamSocket> socket, std::chrono::milliseconds idle);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Waits at most the idle time: one system call, for the first bytes of a request.
  ReadResult read_idle(char* at, std::size_t size);
  ReadResult read(char* at, std::size_t size, SteadyTime until);
  /// Sends all of both, in one system call where the kernel takes it; false when the peer is gone or too slow.
  bool write(std::string_view head, std::string_view body, SteadyTime until);
  /// Ends our side, then throws away what the peer still sends, so that it reads our last answer before a reset.
  void linger(std::size_t bytes_max, SteadyTime until);

  /// Reads end from now on; a running answer still goes out.
  void cut_reading();
  void cut();

 private:
  bool wait(short events, SteadyTime until) const;

  const std::unique_ptr<Poco::Net::StreamSocket> socket_;
  int fd_;
};

}  // namespace api
