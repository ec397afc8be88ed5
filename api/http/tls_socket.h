#pragma once

#include <Poco/Net/SecureStreamSocket.h>

#include <cstddef>
#include <string>

#include "api/http/tls.h"

namespace api {

struct TlsServer::Context {
  Poco::Net::Context::Ptr poco;
};

/// The server's end of TLS over a connected socket, which it makes non-blocking. Never waits, never throws. For one
/// thread.
class TlsSocket {
 public:
  enum class Step { done, wants_read, wants_write, closed };
  struct Moved {
    Step step;
    std::size_t bytes = 0;
  };

  TlsSocket(Poco::Net::StreamSocket& socket, const TlsServer::Context& context);
  ~TlsSocket();

  Step handshake();
  /// `done` with at least one byte, or why not.
  Moved read(char* at, std::size_t size);
  /// After wants_read or wants_write call again with the same bytes.
  Moved write(const char* at, std::size_t size);
  /// Sends close_notify, if the send buffer takes it.
  void say_goodbye();
  /// Why it is closed, for the log; empty when the peer just left.
  const std::string& why() const { return why_; }

 private:
  template <class Call>
  Moved run(Call&& call);
  Poco::Net::SecureStreamSocket socket_;
  std::string why_;
};

}  // namespace api
