#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace {

using namespace std::string_literals;

std::string post(const std::string& body, const std::string& fields = {}) {
  return "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::uint16_t port() { return raw::shared_server().port(); }

}  // namespace

TEST_CASE("gate: a good request gets its answer with date, id and length", "[http]") {
  const auto answer = raw::get(port(), "/ping");
  CHECK(answer.status == 200);
  CHECK(answer.body == "pong");
  CHECK(answer.field("content-length") == "4");
  CHECK(answer.field("date").size() == 29);
  CHECK(answer.field("x-request-id") != "");
  CHECK(answer.field("x-content-type-options") == "nosniff");
  CHECK(answer.field("cache-control") == "no-store");
}

TEST_CASE("gate: pipelined requests are answered in order", "[http]") {
  raw::Client client(port());
  client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n" + post("two") + "GET /echo/3 HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.answer()->body == "1|-");
  CHECK(client.answer()->body == "two");
  CHECK(client.answer()->body == "3|-");
}

TEST_CASE("gate: a connection serves many requests until it is asked to close", "[http]") {
  raw::Client client(port());
  for (int i = 0; i < 500; ++i) {
    client.send(i % 2 == 0 ? "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n" : post("{}"));
    REQUIRE(client.answer().value_or(raw::Answer{}).status == 200);
  }
  client.send("GET /ping HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Close\r\n\r\n");
  CHECK(client.answer()->field("connection") == "close");
  CHECK(client.closed());
}

TEST_CASE("gate: a message may come byte by byte", "[http]") {
  raw::Client client(port());
  for (const char c : post("{\"a\":1}")) REQUIRE(client.send(std::string(1, c)));
  CHECK(client.answer()->body == "{\"a\":1}");
}

TEST_CASE("gate: HTTP/1.0 closes unless asked to stay", "[http]") {
  raw::Client client(port());
  client.send("GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(client.answer()->field("connection") == "keep-alive");
  client.send("GET /ping HTTP/1.0\r\n\r\n");
  CHECK(client.answer()->field("connection") == "close");
  CHECK(client.closed());
}

TEST_CASE("gate: one empty line before a request is overlooked", "[http]") {
  CHECK(raw::ask(port(), "\r\nGET /ping HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
}

TEST_CASE("gate: an absolute target names the same thing", "[http]") {
  CHECK(raw::ask(port(), "GET http://x/ping HTTP/1.1\r\nHost: x\r\n\r\n").body == "pong");
}

TEST_CASE("gate: HEAD answers as GET would, without the body", "[http]") {
  raw::Client client(port());
  client.send("HEAD /ping HTTP/1.1\r\nHost: x\r\n\r\nHEAD /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto answer = client.answer(true);
  CHECK(answer->status == 200);
  CHECK(answer->field("content-length") == "4");
  CHECK(client.answer(true)->status == 404);
  client.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.answer()->body == "pong");
}

TEST_CASE("gate: OPTIONS names the methods of a path", "[http]") {
  const auto answer = raw::ask(port(), "OPTIONS /body HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(answer.status == 204);
  CHECK(answer.field("allow") == "POST, PUT, DELETE, OPTIONS");
  CHECK(raw::ask(port(), "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
}

TEST_CASE("gate: an unknown path is 404, a wrong method 405 with Allow, an unknown method 501", "[http]") {
  CHECK(raw::get(port(), "/nothing").status == 404);
  const auto answer = raw::ask(port(), "DELETE /ping HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(answer.status == 405);
  CHECK(answer.field("allow") == "GET, HEAD, OPTIONS");
  CHECK(raw::ask(port(), "PATCH /ping HTTP/1.1\r\nHost: x\r\n\r\n").status == 501);
  CHECK(raw::ask(port(), "get /ping HTTP/1.1\r\nHost: x\r\n\r\n").status == 501);
}

TEST_CASE("gate: a refusal without a body keeps the connection, one with an unread body ends it", "[http]") {
  raw::Client client(port());
  client.send("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\nGET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.answer()->status == 404);
  CHECK(client.answer()->status == 200);
  client.send(
      "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.answer()->status == 404);
  CHECK(client.rest().empty());
  CHECK(raw::shared_server().smuggled() == 0);
}

TEST_CASE("gate: a body of exactly the limit is taken, one more byte is not", "[http]") {
  const std::string body(65'536, 'a');
  CHECK(raw::ask(port(), post(body)).body == body);
  CHECK(raw::ask(port(), post(body + "a")).status == 413);
}

TEST_CASE("gate: who still sends two megabytes gets the answer that they are too many", "[http]") {
  for (int i = 0; i < 20; ++i) {
    raw::Client client(port());
    client.send(post(std::string(2'000'000, 'a')));
    const auto answer = client.answer();
    REQUIRE(answer);
    CHECK(answer->status == 413);
    CHECK(answer->body.find("65536") != std::string::npos);
  }
}

TEST_CASE("gate: Expect: 100-continue is answered before the body comes, or refused at once", "[http]") {
  raw::Client client(port());
  const std::string head =
      "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ";
  client.send(head + "2\r\n\r\n");
  CHECK(client.answer()->status == 100);
  client.send("{}");
  CHECK(client.answer()->body == "{}");
  client.send(head + "99999999\r\n\r\n");
  CHECK(client.answer()->status == 413);
}

TEST_CASE("gate: a body arrives as it was sent, NUL and all", "[http]") {
  const std::string body = "a\0\r\n\r\nb\xff"s;
  CHECK(raw::ask(port(), post(body)).body == body);
}

TEST_CASE("gate: media types compare without case and parameters", "[http]") {
  CHECK(raw::ask(port(),
                 "POST /ndjson HTTP/1.1\r\nHost: x\r\nContent-Type: Application/X-NDJSON; charset=utf-8\r\n"
                 "Content-Length: 2\r\n\r\n{}")
            .status == 200);
  CHECK(raw::ask(port(),
                 "POST /ndjson HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Content-Length: 2\r\n\r\n{}")
            .status == 415);
}

TEST_CASE("gate: an encoded word in a field stays what it is", "[http]") {
  CHECK(raw::get(port(), "/field", "X-Test: =?utf-8?Q?A=0D=0AB?=\r\n").body == "=?utf-8?Q?A=0D=0AB?=");
}

TEST_CASE("gate: an answer of megabytes comes whole", "[http]") {
  CHECK(raw::get(port(), "/large").body.size() == 3'000'000);
}
