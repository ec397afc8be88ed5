#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace {

using namespace std::string_literals;

struct Case {
  std::string name;
  std::string message;
  int status;
};

const std::string kGet = "GET /ping HTTP/1.1\r\nHost: x\r\n";
const std::string kPost = "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

std::vector<Case> line_cases() {
  return {
      {"no version", "GET /ping\r\nHost: x\r\n\r\n", 400},
      {"version of the future", "GET /ping HTTP/9.9\r\nHost: x\r\n\r\n", 505},
      {"version 1.2", "GET /ping HTTP/1.2\r\nHost: x\r\n\r\n", 505},
      {"version 2.0", "GET /ping HTTP/2.0\r\nHost: x\r\n\r\n", 505},
      {"version in lower case", "GET /ping http/1.1\r\nHost: x\r\n\r\n", 400},
      {"version with two digits", "GET /ping HTTP/1.10\r\nHost: x\r\n\r\n", 400},
      {"version with a comma", "GET /ping HTTP/1,1\r\nHost: x\r\n\r\n", 400},
      {"two blanks in the request line", "GET  /ping HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a blank in the target", "GET /pi ng HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a tab for a blank", "GET\t/ping\tHTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"no target", "GET HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"relative target", "GET ping HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"fragment in the target", "GET /ping#a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"raw UTF-8 in the target", "GET /\xe5\x90\x88 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"angle bracket in the target", "GET /ping?<a> HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"star for GET", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"authority form", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"method that is no token", "G@T /ping HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"method of 40 letters", std::string(40, 'A') + " /ping HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"garbage", "\x16\x03\x01\x02\x01\xfc\x03\x03 hello\r\n\r\n", 400},
      {"bare LF after the request line", "GET /ping HTTP/1.1\nHost: x\r\n\r\n", 400},
      {"bare LF after a field", "GET /ping HTTP/1.1\r\nHost: x\n\r\n", 400},
      {"bare CR in a field", "GET /ping HTTP/1.1\r\nHost: x\r\nX-A: a\rb\r\n\r\n", 400},
      {"two blank lines first", "\r\n\r\n" + kGet + "\r\n", 400},
      {"target of 9,000 bytes", "GET /ping?" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {"request line beyond the head", "GET /" + std::string(20'000, 'a'), 414},
  };
}

std::vector<Case> field_cases() {
  std::string many = kGet;
  for (int i = 0; i < 70; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  return {
      {"no Host", "GET /ping HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", kGet + "Host: y\r\n\r\n", 400},
      {"two equal Hosts", kGet + "Host: x\r\n\r\n", 400},
      {"empty Host", "GET /ping HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"Host with a path", "GET /ping HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
      {"Host with a user", "GET /ping HTTP/1.1\r\nHost: a@x\r\n\r\n", 400},
      {"Host other than the target's", "GET http://y/ping HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"blank before the colon", "GET /ping HTTP/1.1\r\nHost : x\r\n\r\n", 400},
      {"no colon", kGet + "X-A\r\n\r\n", 400},
      {"no name", kGet + ": a\r\n\r\n", 400},
      {"a name that is no token", kGet + "X(A): a\r\n\r\n", 400},
      {"folded field", kGet + "X-A: a\r\n b\r\n\r\n", 400},
      {"first field folded", "GET /ping HTTP/1.1\r\n Host: x\r\n\r\n", 400},
      {"NUL in a value", kGet + "X-A: a\0b\r\n\r\n"s, 400},
      {"NUL in a name", kGet + "X\0A: b\r\n\r\n"s, 400},
      {"escape in a value", kGet + "X-A: a\x1b[31m\r\n\r\n", 400},
      {"delete in a value", kGet + "X-A: a\x7f\r\n\r\n", 400},
      {"two Authorizations", kGet + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400},
      {"70 fields", many + "\r\n", 431},
      {"a field of 17,000 bytes", kGet + "X-A: " + std::string(17'000, 'a') + "\r\n\r\n", 431},
      {"unknown expectation", kPost + "Expect: magic\r\nContent-Length: 2\r\n\r\n{}", 417},
      {"head cut off by the end", "GET /ping HTTP/1.1\r\nHos", 400},
  };
}

std::vector<Case> length_cases() {
  const auto post = [](const std::string& fields, const std::string& body = "hello") {
    return kPost + fields + "\r\n" + body;
  };
  return {
      {"no length", post(""), 411},
      {"PUT without length", "PUT /body HTTP/1.1\r\nHost: x\r\n\r\n", 411},
      {"two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"two equal lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"a list of lengths", post("Content-Length: 5, 5\r\n"), 400},
      {"two numbers", post("Content-Length: 5 5\r\n"), 400},
      {"negative length", post("Content-Length: -5\r\n"), 400},
      {"length with a plus", post("Content-Length: +5\r\n"), 400},
      {"hexadecimal length", post("Content-Length: 0x5\r\n"), 400},
      {"fractional length", post("Content-Length: 5.0\r\n"), 400},
      {"empty length", post("Content-Length:\r\n"), 400},
      {"length beyond 64 bits", post("Content-Length: 18446744073709551621\r\n"), 400},
      {"length of 400 digits", post("Content-Length: " + std::string(400, '9') + "\r\n"), 400},
      {"length of a gigabyte", post("Content-Length: 1073741824\r\n"), 413},
      {"length and chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunked and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
      {"chunked", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 501},
      {"chunked, oddly written", post("Transfer-Encoding: \tChunked\r\n", "0\r\n\r\n"), 501},
      {"identity", post("Transfer-Encoding: identity\r\n"), 501},
      {"chunked under HTTP/1.0", "POST /body HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"GET with a body", kGet + "Content-Length: 5\r\n\r\nhello", 400},
      {"GET that is chunked", kGet + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501},
      {"no media type", "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", 415},
      {"form instead of JSON",
       "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415},
      {"two media types", kPost + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 400},
      {"body cut off by the end", post("Content-Length: 50\r\n", "abc"), 400},
  };
}

void check(const Case& item) {
  INFO(item.name);
  auto& server = raw::shared_server();
  const int before = server.smuggled();
  const auto start = std::chrono::steady_clock::now();
  raw::Client client(server.port());
  const bool cut = item.name.find("cut off") != std::string::npos || item.name.find("beyond") == 13;
  client.send(item.message);
  if (!cut) client.send("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  client.half_close();
  const std::string all = client.rest();
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK(all.substr(0, 12) == "HTTP/1.1 " + std::to_string(item.status));
  CHECK(raw::count_answers(all) == 1);
  CHECK(all.find("application/problem+json") != std::string::npos);
  CHECK(all.find("Connection: close") != std::string::npos);
  CHECK(server.smuggled() == before);
  CHECK(took < std::chrono::seconds{1});
}

}  // namespace

TEST_CASE("gate: a malformed request line is refused, once, and ends the connection", "[http][gate]") {
  for (const Case& item : line_cases()) check(item);
  CHECK(raw::get(raw::shared_server().port(), "/ping").status == 200);
}

TEST_CASE("gate: a malformed header is refused, once, and ends the connection", "[http][gate]") {
  for (const Case& item : field_cases()) check(item);
  CHECK(raw::get(raw::shared_server().port(), "/ping").status == 200);
}

TEST_CASE("gate: a length that can be read two ways is refused, and what follows is never a request", "[http][gate]") {
  for (const Case& item : length_cases()) check(item);
  CHECK(raw::get(raw::shared_server().port(), "/ping").status == 200);
}
