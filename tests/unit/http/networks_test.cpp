#include "api/http/networks.h"

#include <catch2/catch.hpp>

#include "api/http/forwarded.h"

using namespace api;

namespace {

Networks networks(std::initializer_list<const char*> texts) {
  Networks out;
  for (const char* text : texts) REQUIRE(out.add(text));
  return out;
}

/// "peer secure", or the rule that refuses.
std::string origin_of(const Headers& headers, const Networks& proxies, const char* peer = "10.0.0.5") {
  const auto origin = forwarded_origin(peer, headers, proxies);
  return origin ? origin->peer + (origin->secure ? " secure" : "") : origin.error().rule;
}

Headers fields(std::initializer_list<std::pair<const char*, const char*>> all) {
  Headers out;
  for (const auto& [name, value] : all) out.add(name, value);
  return out;
}

}  // namespace

TEST_CASE("A network holds what begins like it, in either family and however it is written", "[http]") {
  const Networks some = networks({"10.1.0.0/16", "192.0.2.7", "2001:db8::/32", "::1"});
  for (const char* inside : {"10.1.0.0", "10.1.255.255", "192.0.2.7", "::ffff:192.0.2.7", "::ffff:10.1.2.3",
                             "2001:db8::1", "2001:db8:ffff:ffff::", "::1"})
    CHECK(some.contains(inside));
  for (const char* outside : {"10.0.255.255", "10.2.0.0", "192.0.2.6", "2001:db9::", "::2", "::", "localhost", "", "x"})
    CHECK(!some.contains(outside));
  CHECK(networks({"0.0.0.0/0"}).contains("8.8.8.8"));
  CHECK(!networks({"0.0.0.0/0"}).contains("2001:db8::1"));
  CHECK(networks({"::/0"}).contains("8.8.8.8"));
}

TEST_CASE("A text that is no network is refused", "[http]") {
  Networks some;
  for (const char* wrong : {"", "x", "10.0.0.5:80", "10.0.0.1/16", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "/8",
                            "10.0.0.0/8/8", "10.0.0", "010.0.0.5", "::1/129", "2001:db8::1/32"})
    CHECK(!some.add(wrong));
  CHECK(some.empty());
}

TEST_CASE("Only loopback is this machine", "[http]") {
  for (const char* here : {"127.0.0.1", "127.9.9.9", "::1", "localhost", "::ffff:127.0.0.1"}) CHECK(is_loopback(here));
  for (const char* elsewhere : {"0.0.0.0", "::", "128.0.0.1", "10.0.0.1", "localhost.example", ""})
    CHECK(!is_loopback(elsewhere));
}

TEST_CASE("A field that comes twice is not guessed at", "[http]") {
  const Networks proxies = networks({"10.0.0.5"});
  const auto twice = fields({{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-For", "203.0.113.8"}});
  CHECK(origin_of(twice, proxies) == "malformed-request");
  CHECK(origin_of(twice, proxies, "10.0.0.6") == "10.0.0.6");
  CHECK(origin_of(fields({{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "https"}}), proxies) == "tls-required");
  CHECK(origin_of(fields({{"X-Forwarded-Proto", "HTTPS"}, {"X-Forwarded-For", "203.0.113.9"}}), proxies) ==
        "203.0.113.9 secure");
  CHECK(origin_of(fields({}), proxies) == "10.0.0.5");
}
