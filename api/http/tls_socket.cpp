#include "api/http/tls_socket.h"

#include <Poco/Exception.h>
#include <Poco/Net/SSLException.h>
#include <signal.h>

#include <algorithm>
#include <limits>

namespace api {
namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;

std::shared_ptr<const TlsServer::Context> make_context(const crypto::TlsIdentity& identity) {
  Context::Params params;
  params.verificationMode = Context::VERIFY_NONE;
  const Context::Ptr poco(new Context(Context::TLS_SERVER_USE, params));
  crypto::prepare_tls_server(*poco->sslContext(), identity);
  return std::make_shared<const TlsServer::Context>(TlsServer::Context{poco});
}

int length_of(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

/// OpenSSL writes with write(2): without this a client that goes away would end the process.
TlsServer::TlsServer(const crypto::TlsIdentity& identity)
    : context_(make_context(identity)), expires_(identity.not_after()) {
  ::signal(SIGPIPE, SIG_IGN);
}
TlsServer::~TlsServer() = default;

void TlsServer::replace(const crypto::TlsIdentity& identity) {
  auto fresh = make_context(identity);
  const std::lock_guard lock(mutex_);
  context_ = std::move(fresh);
  expires_ = identity.not_after();
}

std::int64_t TlsServer::expires() const {
  const std::lock_guard lock(mutex_);
  return expires_;
}

std::shared_ptr<const TlsServer::Context> TlsServer::context() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

/// Poco's TLS asks the plain socket beneath whether it may wait.
TlsSocket::TlsSocket(Poco::Net::StreamSocket& socket, const TlsServer::Context& context)
    : socket_(SecureStreamSocket::attach(socket, context.poco)) {
  socket.setBlocking(false);
}

TlsSocket::~TlsSocket() = default;

/// Poco gives bytes, 0 for an end, or the negative codes of what it waits for.
template <class Call>
TlsSocket::Moved TlsSocket::run(Call&& call) {
  try {
    const int n = call();
    if (n > 0) return {Step::done, static_cast<std::size_t>(n)};
    if (n == SecureStreamSocket::ERR_SSL_WANT_READ) return {Step::wants_read};
    if (n == SecureStreamSocket::ERR_SSL_WANT_WRITE) return {Step::wants_write};
  } catch (const Poco::Net::ConnectionResetException&) {
  } catch (const Poco::Exception& error) {
    why_ = error.displayText();
  }
  return {Step::closed};
}

TlsSocket::Step TlsSocket::handshake() {
  return run([&] { return socket_.completeHandshake(); }).step;
}

TlsSocket::Moved TlsSocket::read(char* at, std::size_t size) {
  return run([&] { return socket_.receiveBytes(at, length_of(size)); });
}

TlsSocket::Moved TlsSocket::write(const char* at, std::size_t size) {
  return run([&] { return socket_.sendBytes(at, length_of(size)); });
}

void TlsSocket::say_goodbye() {
  try {
    socket_.shutdown();
  } catch (const Poco::Exception&) {
  }
}

}  // namespace api
