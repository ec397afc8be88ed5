#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/tls.h"

namespace api {

class TlsSocket;
using SteadyTime = std::chrono::steady_clock::time_point;

struct ReadResult {
  enum class Kind { bytes, closed, late } kind;
  std::size_t bytes = 0;
};

/// How a wire began.
enum class Opening {
  ready,
  /// No handshake in time, or one that failed: see Wire::why.
  failed,
  /// It speaks HTTP where TLS is wanted, and still waits for an answer in the clear.
  plain,
};

/// A connected socket with total deadlines: Poco's timeouts are per call, so a byte now and then holds a thread for
/// ever. For one thread at a time, except cut_reading and cut, which any thread may call while the wire lives.
class Wire {
 public:
  /// `idle` bounds each read_idle. Sets TCP_NODELAY: an answer is one send, so there is nothing to gather.
  /// Must be the only owner: a copy that another thread drops would close the socket under our feet.
  Wire(std::unique_ptr<Poco::Net::StreamSocket> socket, std::chrono::milliseconds idle);
  /// The handshake of a server, before anything else is read or written.
  Opening secure(const TlsServer& tls, SteadyTime until);
  /// What the handshake failed of; empty when the peer just left or was too slow.
  const std::string& why() const { return why_; }
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Waits at most the idle time: one system call without TLS, for the first bytes of a request.
  ReadResult read_idle(char* at, std::size_t size);
  ReadResult read(char* at, std::size_t size, SteadyTime until);
  /// Sends all of both, in one system call where the kernel takes it; false when the peer is gone or too slow.
  bool write(std::string_view head, std::string_view body, SteadyTime until);
  /// Without waiting: `late` when nothing is there.
  ReadResult read_now(char* at, std::size_t size);
  /// Without waiting: how many bytes were taken, perhaps none; nothing when the peer is gone.
  std::optional<std::size_t> write_now(std::string_view bytes);
  /// For poll.
  int descriptor() const { return fd_; }
  /// Ends our side, then throws away what the peer still sends, so that it reads our last answer before a reset.
  void linger(std::size_t bytes_max, SteadyTime until);

  /// Reads end from now on; a running answer still goes out.
  void cut_reading();
  void cut();

 private:
  bool wait(short events, SteadyTime until) const;
  ReadResult read_plain(char* at, std::size_t size, SteadyTime until);
  ReadResult read_tls(char* at, std::size_t size, SteadyTime until);
  bool write_plain(std::string_view head, std::string_view body, SteadyTime until);
  bool write_tls(std::string_view bytes, SteadyTime until);
  Opening shake_hands(SteadyTime until);

  const std::unique_ptr<Poco::Net::StreamSocket> socket_;
  int fd_;
  const std::chrono::milliseconds idle_;
  /// Null without TLS. Goes before the socket that it writes to.
  std::unique_ptr<TlsSocket> tls_;
  std::string why_;
};

}  // namespace api
