#include "api/http/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <atomic>
#include <thread>

#include "api/http/connections.h"
#include "api/http/gateway.h"
#include "api/http/log_line.h"
#include "registry/base/fault.h"

namespace api {

namespace {

constexpr std::chrono::milliseconds kAcceptTick{50};
constexpr std::chrono::milliseconds kPauseAfterFailure{10};

}  // namespace

struct Server::Parts {
  const ServerConfig config;
  const Router router;
  const LogSink log;
  Metrics& metrics;
  Gateway gateway;
  Connections connections;
  Poco::Net::ServerSocket listener;
  std::atomic<bool> accepting{false};
  std::uint16_t port = 0;
  std::thread acceptor;

  Parts(ServerConfig given, Router routes, const RefusalTexts& texts, Metrics& counts, LogSink sink)
      : config(std::move(given)),
        router(std::move(routes)),
        log(std::move(sink)),
        metrics(counts),
        gateway(config, router, texts, metrics, log),
        connections(config, gateway) {
    metrics.gauge("tallystick_http_connections", "Open connections.",
                  [this] { return static_cast<std::int64_t>(connections.size()); });
    if (config.tls)
      metrics.gauge("tallystick_tls_certificate_expires_seconds", "End of the certificate, seconds since 1970.",
                    [tls = config.tls] { return tls->expires(); });
    metrics.gauge("tallystick_build_info", "The version of the program, always 1.", [] { return std::int64_t{1}; },
                  {{"version", TALLYSTICK_VERSION}});
  }

  void accept_all() {
    while (accepting) {
      try {
        if (listener.poll(Poco::Timespan(kAcceptTick.count() * 1000), Poco::Net::Socket::SELECT_READ))
          connections.open(std::make_unique<Poco::Net::StreamSocket>(listener.acceptConnection()));
      } catch (const std::exception& error) {
        // Mostly no descriptors left: the client waits in the backlog, and the loop must not spin.
        gateway.log(LogLine("accept_failed").add("what", error.what()).str());
        std::this_thread::sleep_for(kPauseAfterFailure);
      }
    }
  }
};

Server::Server(ServerConfig config, Router router, const RefusalTexts& texts, Metrics& metrics, LogSink log)
    : parts_(std::make_unique<Parts>(std::move(config), std::move(router), texts, metrics, std::move(log))) {}

Server::~Server() {
  stop(std::chrono::milliseconds{0});
  parts_->metrics.remove_gauge("tallystick_http_connections");
}

void Server::start() {
  try {
    // Address reuse for a quick restart, but no SO_REUSEPORT: with it two servers would share the port unseen.
    parts_->listener.bind(Poco::Net::SocketAddress(parts_->config.address, parts_->config.port), true, false);
    parts_->listener.listen(parts_->config.backlog);
    parts_->port = parts_->listener.address().port();
  } catch (const Poco::Exception& error) {
    throw registry::Fault("cannot listen on " + parts_->config.address + ": " + error.displayText());
  }
  parts_->accepting = true;
  parts_->acceptor = std::thread([this] { parts_->accept_all(); });
}

std::uint16_t Server::port() const { return parts_->port; }

void Server::stop(std::chrono::milliseconds grace) {
  parts_->accepting = false;
  if (parts_->acceptor.joinable()) parts_->acceptor.join();
  parts_->listener.close();
  parts_->connections.stop();
  parts_->connections.wait(grace);
  parts_->connections.cut();
}

std::size_t Server::connections() const { return parts_->connections.size(); }
std::size_t Server::streams() const { return parts_->connections.streams().size(); }
void Server::wake_streams() { parts_->connections.streams().wake(); }

}  // namespace api
