#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "api/http/percent.h"
#include "api/http/router.h"
#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace {

api::Route route(api::Method method, std::string path) {
  static int number = 0;
  api::Route out;
  out.method = method;
  out.path = std::move(path);
  out.operation = "operation" + std::to_string(++number);
  out.handle = [](const auto&) { return api::empty_response(); };
  return out;
}

api::Route get(std::string path) { return route(api::Method::get, std::move(path)); }

std::string parameter(const api::Router& router, std::string_view path, std::string_view name) {
  const auto found = router.find(api::Method::get, path);
  const auto* match = std::get_if<api::RouteMatch>(&found);
  if (!match) return std::get<api::RouteMiss>(found).refusal.rule;
  return match->parameters.find(name)->second;
}

}  // namespace

TEST_CASE("router: a path is decoded segment by segment, once", "[http][router]") {
  const api::Router router({get("/v1/permits/{permit}"), get("/tile/{tile*}"), get("/")});
  const auto permit = [&](const std::string& text) { return parameter(router, "/v1/permits/" + text, "permit"); };
  CHECK(permit("N-7") == "N-7");
  CHECK(permit("%E5%90%88%e7%ac%a6") == "合符");
  CHECK(permit("a%20b+c") == "a b+c");
  CHECK(permit("a%2541") == "a%41");
  for (const char* bad : {"%", "%4", "%zz", "%00", "a%00b", "%0d%0a", "%7f", "%2e", "%2E%2e", ".", "..", "a%2fb",
                          "a%5Cb", "%ff", "%c0%af", "%ed%a0%80", "%f4%90%80%80"}) {
    INFO(bad);
    CHECK(permit(bad) == "malformed-request");
  }
  for (const char* none : {"", "a/", "a/b", "/a"}) {
    INFO(none);
    CHECK(permit(none) == "not-found");
  }
  CHECK(parameter(router, "/v1/%70ermits/a", "permit") == "a");
  CHECK(parameter(router, "/v1/permits/../permits/a", "permit") == "malformed-request");
  CHECK(parameter(router, "/V1/permits/a", "permit") == "not-found");
}

TEST_CASE("router: a tail takes the rest of the path, and never climbs", "[http][router]") {
  const api::Router router({get("/tile/{tile*}"), get("/checkpoint")});
  const auto tile = [&](const std::string& text) { return parameter(router, "/tile/" + text, "tile"); };
  CHECK(tile("0/x001/234.p/17") == "0/x001/234.p/17");
  CHECK(tile("entries/000") == "entries/000");
  CHECK(tile("a/../b") == "malformed-request");
  CHECK(tile("a//b") == "not-found");
  CHECK(tile("") == "not-found");
}

TEST_CASE("router: two routes that one path would fit are refused at start", "[http][router]") {
  const auto build = [](std::string a, std::string b) { api::Router({get(std::move(a)), get(std::move(b))}); };
  const std::pair<const char*, const char*> bad[] = {{"/a", "/a"},          {"/a/{x}", "/a/b"},    {"/a/{x}", "/a/{y}"},
                                                     {"/a/{x*}", "/a/b/c"}, {"/a/{x*}", "/a/{y}"}, {"/{x}/b", "/a/{y}"},
                                                     {"/a/{x*}", "/{y*}"}};
  for (const auto& [a, b] : bad) {
    INFO(a << " " << b);
    CHECK_THROWS_AS(build(a, b), std::invalid_argument);
    CHECK_THROWS_AS(build(b, a), std::invalid_argument);
  }
  CHECK_NOTHROW(build("/a/{x}", "/a/{x}/b"));
  CHECK_NOTHROW(build("/a/{x}", "/b/{x}"));
  CHECK_NOTHROW(build("/a/{x*}", "/a"));
}

TEST_CASE("router: a template that makes no sense is refused at start", "[http][router]") {
  for (const char* path : {"", "a", "/{", "/{}", "/a{x}", "/{x", "/{x*}/b", "/{x}/{x}", "/a?b", "/%41"}) {
    INFO(path);
    CHECK_THROWS_AS(api::Router({get(path)}), std::invalid_argument);
  }
  api::Route silent = get("/a");
  silent.handle = nullptr;
  CHECK_THROWS_AS(api::Router({silent}), std::invalid_argument);
  CHECK_THROWS_AS(api::Router({route(api::Method::head, "/a")}), std::invalid_argument);
}

TEST_CASE("query: each parameter occurs once and is known", "[http][query]") {
  CHECK(api::parse_query("a=1&b=x+y%2B&c=&d").value() ==
        std::map<std::string, std::string, std::less<>>{{"a", "1"}, {"b", "x y+"}, {"c", ""}, {"d", ""}});
  for (const char* bad : {"a=1&a=2", "a=1&%61=2", "=1", "&", "a=%zz", "a=%00", "a=%ff", "a=1&&b=2"}) {
    INFO(bad);
    CHECK(!api::parse_query(bad));
  }
  const auto port = raw::shared_server().port();
  CHECK(raw::get(port, "/echo/a?q=b%20c").body == "a|b c");
  const auto unknown = raw::get(port, "/echo/a?Q=1&z=2");
  CHECK(unknown.status == 400);
  CHECK(unknown.body.find("query/z") != std::string::npos);
  CHECK(unknown.body.find("query/Q") != std::string::npos);
  CHECK(raw::get(port, "/echo/a?q=1&q=2").status == 400);
}
