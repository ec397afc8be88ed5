#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

// Answers that go on: event streams beside the requests of everybody else.
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

void listen(raw::Client& client, std::string_view kind) {
  client.send("GET /stream/" + std::string(kind) + " HTTP/1.1\r\nHost: x\r\n\r\n");
}

/// Waits until `is_so`, two seconds at most.
template <class F>
bool soon(F&& is_so) {
  const auto until = steady_clock::now() + std::chrono::seconds{5};
  while (!is_so() && steady_clock::now() < until) std::this_thread::sleep_for(milliseconds{10});
  return is_so();
}

int threads() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("Threads:")) return std::stoi(line.substr(8));
  return -1;
}

std::string metric_of(raw::TestServer& server, const std::string& why) {
  const std::string text = server.metrics().text();
  const std::string name = "tallystick_http_streams_ended_total{why=\"" + why + "\"} ";
  const auto at = text.find(name);
  return at == text.npos ? "0" : text.substr(at + name.size(), text.find('\n', at) - at - name.size());
}

}  // namespace

TEST_CASE("stream: its head has no length, and the answer ends with the connection", "[http]") {
  raw::Client client(raw::shared_server().port());
  listen(client, "short");
  const std::string all = client.rest();
  CHECK(all.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(all.find("Content-Type: text/event-stream\r\n") != all.npos);
  CHECK(all.find("Connection: close\r\n") != all.npos);
  CHECK(all.find("Cache-Control: no-store\r\n") != all.npos);
  CHECK(all.find("X-Accel-Buffering: no\r\n") != all.npos);
  CHECK(all.find("Content-Length") == all.npos);
  CHECK(all.ends_with("\r\n\r\ndata: word\n\n"));
}

TEST_CASE("stream: HEAD gets the head alone", "[http]") {
  raw::Client client(raw::shared_server().port());
  client.send("HEAD /stream/idle HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string all = client.rest();
  CHECK(all.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(all.ends_with("\r\n\r\n"));
}

TEST_CASE("stream: one that fails ends, and tells the client nothing of why", "[http]") {
  raw::Client client(raw::shared_server().port());
  listen(client, "fault");
  CHECK(client.rest().find("secret") == std::string::npos);
  CHECK(raw::shared_server().log_with("/secret/path").find("\"event\":\"stream\"") != std::string::npos);
}

TEST_CASE("stream: those who listen hold no threads and no places of those who ask", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.connections_max = config.connections_per_address_max = 8;
  raw::TestServer server(config);
  const int before = threads();
  std::vector<std::unique_ptr<raw::Client>> listeners;
  for (std::size_t i = 0; i < 400; ++i) {
    listeners.push_back(std::make_unique<raw::Client>(server.port()));
    listen(*listeners.back(), "idle");
    if (i % 4 == 3) REQUIRE(soon([&] { return server.server().streams() == i + 1; }));
  }
  CHECK(soon([&] { return server.server().connections() == 0; }));
  CHECK(threads() <= before + 8);
  const auto start = steady_clock::now();
  for (int i = 0; i < 50; ++i) CHECK(raw::get(server.port(), "/ping").status == 200);
  CHECK(steady_clock::now() - start < std::chrono::seconds{5});
  listeners.clear();
  CHECK(soon([&] { return server.server().streams() == 0; }));
  CHECK(metric_of(server, "client") == "400");
}

TEST_CASE("stream: a client that reads nothing is cut, and disturbs nobody", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.stream_write_deadline = milliseconds{1'500};
  raw::TestServer server(config);
  raw::Client deaf(server.port()), other(server.port());
  listen(deaf, "endless");
  listen(other, "idle");
  CHECK(soon([&] { return metric_of(server, "slow") == "1"; }));
  CHECK(server.server().streams() == 1);
  CHECK(raw::get(server.port(), "/ping").status == 200);
}

TEST_CASE("stream: silence is broken now and then", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.stream_heartbeat = milliseconds{100};
  raw::TestServer server(config);
  raw::Client client(server.port(), milliseconds{5'000});
  listen(client, "idle");
  std::thread stopper([&] {
    std::this_thread::sleep_for(milliseconds{2'500});
    server.server().stop(milliseconds{0});
  });
  const std::string all = client.rest();
  stopper.join();
  CHECK(all.find("data: word\n\n:\n\n") != all.npos);
}

TEST_CASE("stream: a server that stops ends them at once", "[http]") {
  raw::TestServer server;
  raw::Client client(server.port(), milliseconds{10'000});
  listen(client, "idle");
  REQUIRE(soon([&] { return server.server().streams() == 1; }));
  const auto start = steady_clock::now();
  server.server().stop(milliseconds{5'000});
  CHECK(steady_clock::now() - start < std::chrono::seconds{2});
  CHECK(client.rest().ends_with("data: word\n\n"));
  CHECK(server.server().streams() == 0);
}
