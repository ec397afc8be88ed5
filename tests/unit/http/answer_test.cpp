#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "api/http/answer_head.h"
#include "api/http/problem.h"
#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace {

using api::Json;
using namespace std::string_view_literals;

std::uint16_t port() { return raw::shared_server().port(); }

Json problem(std::string_view path, std::string_view fields = {}) {
  return Json::parse(raw::get(port(), path, fields).body);
}

struct OneText : api::RefusalTexts {
  std::optional<api::RefusalText> find(std::string_view rule) const override {
    if (rule != "permit-exhausted") return {};
    return api::RefusalText{409,
                            "第445号令 第十七条",
                            "S",
                            "Permit used up",
                            "许可证已用完",
                            "{left} is left.",
                            "尚余{left}，{gone}。",
                            "Apply anew.",
                            "请重新申请。"};
  }
};

}  // namespace

TEST_CASE("faults: a store fault says whether to come again and never what broke", "[http]") {
  const std::pair<const char*, int> cases[] = {{"busy", 503},  {"full", 507}, {"unavailable", 503}, {"unknown", 503},
                                               {"fault", 503}, {"int", 500},  {"any", 500}};
  for (const auto& [kind, status] : cases) {
    const auto answer = raw::get(port(), "/throw/" + std::string(kind));
    INFO(kind);
    CHECK(answer.status == status);
    CHECK(answer.field("content-type") == "application/problem+json");
    CHECK((status == 500 || answer.field("retry-after") == "1"));
    CHECK(answer.body.find("secret") == std::string::npos);
    const std::string incident = Json::parse(answer.body)["facts"]["incident"].get<std::string>();
    CHECK(raw::shared_server().log_with(incident).find(incident) != std::string::npos);
  }
  CHECK(raw::shared_server().log_with("secret_table").find("secret_table is locked") != std::string::npos);
}

TEST_CASE("answer: a body in a file comes whole, with a tag of its bytes, and once", "[http]") {
  const auto first = raw::get(port(), "/spooled");
  REQUIRE(first.status == 200);
  CHECK(first.field("content-length") == "1048576");
  REQUIRE(first.body.size() == 1'048'576);
  CHECK(first.body.starts_with("0123456789abcde\n"));
  CHECK(first.body.ends_with("0123456789abcde\n"));
  const std::string tag = first.field("etag");
  CHECK(tag.size() > 20);
  const auto again = raw::get(port(), "/spooled", "If-None-Match: " + tag + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  raw::Client client(port());
  REQUIRE(client.send("HEAD /spooled HTTP/1.1\r\nHost: x\r\n\r\nGET /ping HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(client.answer(true)->field("content-length") == "1048576");
  CHECK(client.answer()->body == "pong");
}

TEST_CASE("problem: tells rule, article, sentences in both languages, facts and every field", "[http][problem]") {
  const OneText texts;
  const api::Problems problems(texts);
  const auto refusal =
      registry::refuse("permit-exhausted").with("left", "5 kg").at("/permit", "too_much", "at most 5 kg");
  const api::Response response = problems.answer(refusal, "r-1");
  const Json body = Json::parse(response.body);
  CHECK(response.status == 409);
  CHECK(body == Json::parse(R"({"type":"/problems/permit-exhausted","title":"Permit used up","title_zh":"许可证已用完",
    "status":409,"detail":"5 kg is left.","detail_zh":"尚余5 kg，…。","instance":"r-1","rule":"permit-exhausted",
    "article":"第445号令 第十七条","confidence":"S","what_to_do":"Apply anew.","what_to_do_zh":"请重新申请。",
    "facts":{"left":"5 kg"},
    "errors":[{"pointer":"/permit","code":"too_much","detail":"at most 5 kg","detail_zh":""}]})"));
}

TEST_CASE("problem: a rule nobody wrote a text for is still a refusal", "[http][problem]") {
  const Json body = problem("/throw/refusal");
  CHECK(body["status"] == 409);
  CHECK(body["title"] == "no-such-rule");
  CHECK(body["errors"][0]["pointer"] == "/permit");
}

TEST_CASE("problem: every text of the gateway is complete in both languages", "[http][problem]") {
  const api::HttpRefusalTexts texts;
  for (const char* rule : {"malformed-request",
                           "bad-parameter",
                           "bad-cursor",
                           "unauthenticated",
                           "forbidden",
                           "not-found",
                           "method-not-allowed",
                           "timeout",
                           "length-required",
                           "body-too-large",
                           "uri-too-long",
                           "unsupported-media-type",
                           "expectation-failed",
                           "too-many-requests",
                           "header-too-large",
                           "internal-error",
                           "not-implemented",
                           "store-busy",
                           "store-unavailable",
                           "outcome-unknown",
                           "too-many-connections",
                           "shutting-down",
                           "http-version-not-supported",
                           "storage-full"}) {
    INFO(rule);
    const auto text = texts.find(rule);
    REQUIRE(text);
    CHECK(api::reason(text->status) != "Status");
    for (const auto* part :
         {&text->title, &text->title_zh, &text->detail, &text->detail_zh, &text->what_to_do, &text->what_to_do_zh})
      CHECK(!part->empty());
  }
  CHECK(!texts.find("permit-exhausted"));
  CHECK(texts.find_field("duplicate")->detail_zh == "重复出现。");
}

TEST_CASE("access: a route that is not open wants a principal", "[http]") {
  const auto answer = raw::get(port(), "/secret");
  CHECK(answer.status == 401);
  CHECK(answer.field("www-authenticate") == "Bearer");
}

TEST_CASE("access: the check runs before the body is read and names who it was", "[http]") {
  struct Officer : api::Principal {
    std::string log_name() const override { return "officer-7"; }
  };
  auto config = raw::TestServer::quick();
  config.authorise = [](api::Request& request, const api::Route& route) -> registry::Check {
    if (route.access.open) return registry::Accepted{};
    if (request.headers.find("authorization") != "Bearer good") return registry::refuse("forbidden");
    request.principal = std::make_shared<Officer>();
    return registry::Accepted{};
  };
  raw::TestServer server(config);
  CHECK(raw::get(server.port(), "/secret").status == 403);
  CHECK(raw::get(server.port(), "/secret", "Authorization: Bearer good\r\n").body == "secret");
  const std::string log = server.log_with("officer-7");
  CHECK(log.find("\"who\":\"officer-7\"") != std::string::npos);
  CHECK(log.find("Bearer") == std::string::npos);
}

TEST_CASE("etag: who has the answer already gets 304, and another answer gets another tag", "[http][etag]") {
  const auto first = raw::get(port(), "/json");
  const std::string tag = first.field("etag");
  CHECK(tag.size() == 24);
  CHECK(first.field("cache-control") == "private, no-cache");
  raw::Client client(port());
  client.send("GET /json HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"other\", W/" + tag + "\r\n\r\n");
  const auto second = client.answer();
  CHECK(second->status == 304);
  CHECK(second->field("etag") == tag);
  CHECK(second->field("content-length").empty());
  client.send("GET /json HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"other\"\r\n\r\n");
  CHECK(client.answer()->body == "{\"a\":1}");
  CHECK(raw::get(port(), "/nothing").field("etag").empty());
}

TEST_CASE("headers: a value with a line end is refused where it is set and where it is sent", "[http]") {
  api::Response response;
  for (const std::string_view bad : {"a\r\nb"sv, "a\nb"sv, "a\rb"sv, "a\0b"sv, "\x1b[1m"sv})
    CHECK_THROWS_AS(response.set_header("X-Name", bad), std::invalid_argument);
  CHECK_THROWS_AS(response.set_header("X Name", "a"), std::invalid_argument);
  CHECK_THROWS_AS(response.set_header("", "a"), std::invalid_argument);
  const auto answer = raw::get(port(), "/throw/split");
  CHECK(answer.status == 500);
  CHECK(answer.head.find("Set-Cookie") == std::string::npos);
  response.set_header("X-Name", "a").set_header("x-name", "b");
  CHECK(response.headers.size() == 1);
  CHECK(response.header("X-NAME") == "b");
}

TEST_CASE("request id: a harmless one is kept, any other replaced", "[http]") {
  CHECK(raw::get(port(), "/ping", "X-Request-Id: abc-1.2_3\r\n").field("x-request-id") == "abc-1.2_3");
  CHECK(raw::get(port(), "/ping", "X-Request-Id: a\"b\r\n").field("x-request-id") != "a\"b");
  CHECK(problem("/nothing", "X-Request-Id: mine\r\n")["instance"] == "mine");
}

TEST_CASE("log: one line a request, and no value can make a second", "[http]") {
  raw::get(port(), "/echo/a%0Ab?q=token", "X-Request-Id: log-1\r\nAuthorization: Bearer topsecret\r\n");
  const std::string log = raw::shared_server().log_with("log-1");
  const auto at = log.rfind('\n', log.find("log-1"));
  const std::string from = log.substr(at == std::string::npos ? 0 : at + 1);
  const Json line = Json::parse(from.substr(0, from.find('\n')));
  CHECK(line["event"] == "request");
  CHECK(line["path"] == "/echo/a%0Ab");
  CHECK(line["status"] == 400);
  CHECK(line["rule"] == "malformed-request");
  CHECK(log.find("topsecret") == std::string::npos);
}

TEST_CASE("metrics: requests are counted by route, never by what is in the path", "[http][metrics]") {
  raw::TestServer server;
  for (int i = 0; i < 3; ++i) raw::get(server.port(), "/echo/person-" + std::to_string(i));
  raw::get(server.port(), "/nothing");
  server.log_with("/nothing");
  const std::string text = server.metrics().text();
  const auto has = [&](std::string_view line) { return text.find(line) != std::string::npos; };
  CHECK(has("tallystick_http_requests_total{method=\"GET\",route=\"/echo/{name}\",status=\"200\"} 3\n"));
  CHECK(has("tallystick_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 1\n"));
  CHECK(has("tallystick_http_request_duration_seconds_count{method=\"GET\",route=\"/echo/{name}\"} 3\n"));
  CHECK(has("# TYPE tallystick_http_request_duration_seconds histogram\n"));
  CHECK(has("tallystick_build_info{version="));
  CHECK(!has("person-"));
}
