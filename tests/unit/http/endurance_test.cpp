#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "registry/base/fault.h"
#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

milliseconds since(steady_clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

const std::string kPing = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";

/// Sends a byte every 50 ms until the server has had enough.
void trickle(raw::Client& client, int bytes_max) {
  for (int i = 0; i < bytes_max && client.send("a"); ++i) std::this_thread::sleep_for(milliseconds{50});
}

}  // namespace

TEST_CASE("deadline: a header that trickles is given up after its total time", "[http][slow]") {
  raw::Client client(raw::shared_server().port());
  const auto start = steady_clock::now();
  client.send("GET /ping HTTP/1.1\r\nX-A: ");
  std::thread slow([&] { trickle(client, 30); });
  const auto answer = client.answer();
  const auto took = since(start);
  slow.join();
  REQUIRE(answer);
  CHECK(answer->status == 408);
  CHECK(took < milliseconds{1'000});
}

TEST_CASE("deadline: a body that trickles is given up, and one that stops is never taken for the whole",
          "[http][slow]") {
  for (const int bytes : {0, 30}) {
    raw::Client client(raw::shared_server().port());
    const auto start = steady_clock::now();
    client.send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\nabc");
    std::thread slow([&] { trickle(client, bytes); });
    const auto answer = client.answer();
    const auto took = since(start);
    slow.join();
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(took < milliseconds{1'000});
  }
}

TEST_CASE("deadline: an idle connection is closed in silence", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.idle_timeout = milliseconds{200};
  raw::TestServer server(config);
  raw::Client client(server.port());
  client.send(kPing);
  CHECK(client.answer()->status == 200);
  CHECK(client.rest().empty());
  CHECK(client.send("") == true);
}

TEST_CASE("caps: 300 idle connections and 40 that trickle do not hold up an honest client", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.idle_timeout = config.head_deadline = milliseconds{10'000};
  raw::TestServer server(config);
  std::vector<raw::Client> idle;
  for (int i = 0; i < 340; ++i) idle.emplace_back(server.port());
  for (std::size_t i = 0; i < 40; ++i) idle[i].send("GET /pi");
  for (int i = 0; i < 20; ++i) {
    const auto start = steady_clock::now();
    CHECK(raw::get(server.port(), "/ping").status == 200);
    CHECK(since(start) < milliseconds{2'000});
  }
}

TEST_CASE("caps: one connection too many is told so and counted", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.connections_max = 3;
  raw::TestServer server(config);
  std::vector<raw::Client> held;
  for (int i = 0; i < 3; ++i) {
    held.emplace_back(server.port());
    held.back().send(kPing);
    REQUIRE(held.back().answer()->status == 200);
  }
  const auto answer = raw::get(server.port(), "/ping");
  CHECK(answer.status == 503);
  CHECK(answer.field("retry-after") == "1");
  CHECK(answer.body.find("too-many-connections") != std::string::npos);
  CHECK(server.metrics().text().find("tallystick_http_refused_connections_total{cap=\"total\"} 1") !=
        std::string::npos);
  CHECK(server.metrics().text().find("tallystick_http_connections 3") != std::string::npos);
  held.clear();
  int status = 0;
  for (int i = 0; i < 50 && status != 200; ++i) status = raw::get(server.port(), "/ping").status;
  CHECK(status == 200);
}

TEST_CASE("caps: one address cannot take all connections", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.connections_per_address_max = 1;
  raw::TestServer server(config);
  raw::Client first(server.port());
  first.send(kPing);
  REQUIRE(first.answer()->status == 200);
  CHECK(raw::get(server.port(), "/ping").status == 503);
}

TEST_CASE("caps: bodies beyond the memory set aside for them are answered 503", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.body_bytes_total_max = 1'000'000;
  raw::TestServer server(config);
  const std::string head = "POST /huge HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ";
  for (int i = 0; i < 3; ++i) {
    CHECK(raw::ask(server.port(), head + "2000000\r\n\r\n" + std::string(2'000'000, 'a')).status == 503);
    CHECK(raw::ask(server.port(), head + "900000\r\n\r\n" + std::string(900'000, 'a')).status == 200);
  }
}

TEST_CASE("caps: a connection ends after its number of requests", "[http]") {
  auto config = raw::TestServer::quick();
  config.requests_per_connection_max = 2;
  raw::TestServer server(config);
  raw::Client client(server.port());
  client.send(kPing + kPing + kPing);
  CHECK(client.answer()->field("connection").empty());
  CHECK(client.answer()->field("connection") == "close");
  CHECK(client.rest().empty());
}

TEST_CASE("stop: half a header and idle connections do not hold it up", "[http][slow]") {
  auto config = raw::TestServer::quick();
  config.idle_timeout = config.head_deadline = milliseconds{20'000};
  raw::TestServer server(config);
  raw::Client half(server.port()), idle(server.port());
  half.send("GET /pi");
  std::this_thread::sleep_for(milliseconds{100});
  const auto start = steady_clock::now();
  server.server().stop(milliseconds{10'000});
  CHECK(since(start) < milliseconds{1'000});
  CHECK(server.server().connections() == 0);
}

TEST_CASE("stop: a running request is answered and the connection ends", "[http][slow]") {
  raw::TestServer server;
  raw::Client client(server.port());
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(milliseconds{100});
  std::thread stopper([&] { server.server().stop(milliseconds{5'000}); });
  const auto answer = client.answer();
  stopper.join();
  REQUIRE(answer);
  CHECK(answer->body == "slow");
  CHECK(answer->field("connection") == "close");
  CHECK_THROWS_AS(raw::Client(server.port()), std::runtime_error);
}

TEST_CASE("stop: without grace a running request is cut off but runs to its end", "[http][slow]") {
  raw::TestServer server;
  raw::Client client(server.port());
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(milliseconds{100});
  server.server().stop(milliseconds{0});
  CHECK(!client.answer());
  CHECK(server.log_with("/slow").find("\"status\":200") != std::string::npos);
}

TEST_CASE("start: a second server cannot take the same port", "[http]") {
  auto config = raw::TestServer::quick();
  config.port = raw::shared_server().port();
  CHECK_THROWS_AS(raw::TestServer(config), registry::Fault);
}
