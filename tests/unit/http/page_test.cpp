#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "api/http/cursor.h"
#include "api/http/etag.h"
#include "api/http/json_body.h"
#include "crypto/encoding.h"

namespace {

using api::Json;

const std::string kKey(32, 'k');
const api::Filters kFilters{{"region", "330100"}, {"state", "open"}};

}  // namespace

TEST_CASE("cursor: opens what it sealed", "[http][cursor]") {
  const api::Cursors cursors(kKey);
  const Json position{{"index", 1234}, {"id", "合"}};
  const std::string token = cursors.seal("listPermits", kFilters, position);
  CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
        std::string::npos);
  CHECK(cursors.open("listPermits", kFilters, token).value() == position);
}

TEST_CASE("cursor: another query, key or a single changed character is refused", "[http][cursor]") {
  const api::Cursors cursors(kKey);
  const std::string token = cursors.seal("listPermits", kFilters, Json{{"index", 7}});
  const auto refused = [&](const auto& result) { return !result && result.error().rule == "bad-cursor"; };
  CHECK(refused(cursors.open("listCases", kFilters, token)));
  CHECK(refused(cursors.open("listPermits", {{"region", "330200"}, {"state", "open"}}, token)));
  CHECK(refused(cursors.open("listPermits", {}, token)));
  CHECK(refused(cursors.open("listPermits", {{"region", "330100\",\"state\":\"open"}}, token)));
  CHECK(refused(api::Cursors(std::string(32, 'x')).open("listPermits", kFilters, token)));
  CHECK(refused(cursors.open("listPermits", kFilters, "")));
  CHECK(refused(cursors.open("listPermits", kFilters, std::string(5'000, 'A'))));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK(refused(cursors.open("listPermits", kFilters, changed)));
    CHECK(refused(cursors.open("listPermits", kFilters, token.substr(0, i))));
  }
  CHECK_THROWS_AS(api::Cursors("short"), std::invalid_argument);
}

TEST_CASE("cursor: the tag is HMAC-SHA256 as RFC 4231 has it", "[http][cursor]") {
  CHECK(crypto::to_hex(api::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(crypto::to_hex(
            api::hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("page: names the next page in body and Link, and the last page has none", "[http][page]") {
  api::Request request;
  request.path = "/v1/permits";
  request.query = {{"region", "浙 A"}, {"cursor", "old"}, {"limit", "2"}};
  const auto page = api::page_response(request, Json::array({1, 2}), "next");
  CHECK(Json::parse(page.body) == Json{{"data", {1, 2}}, {"has_more", true}, {"next_cursor", "next"}});
  CHECK(page.header("Link") == "</v1/permits?limit=2&region=%E6%B5%99%20A&cursor=next>; rel=\"next\"");
  const auto last = api::page_response(request, Json::array(), {});
  CHECK(Json::parse(last.body) == Json{{"data", Json::array()}, {"has_more", false}, {"next_cursor", nullptr}});
  CHECK(!last.header("Link"));
  CHECK(api::Cursors::of_query(request) == api::Filters{{"region", "浙 A"}});
}

TEST_CASE("page: the limit is a whole number from 1 to 200", "[http][page]") {
  const auto limit = [](std::string text) {
    api::Request request;
    request.query = {{"limit", std::move(text)}};
    return api::page_limit(request);
  };
  CHECK(limit("1").value() == 1);
  CHECK(limit("200").value() == 200);
  for (const char* bad : {"0", "201", "-1", "+5", "5.0", " 5", "", "1e2", "99999999999999999999"}) CHECK(!limit(bad));
  CHECK(api::page_limit(api::Request{}).value() == 50);
}

TEST_CASE("etag: weak and strong comparison differ", "[http][etag]") {
  CHECK(api::none_match_hits("\"a\", W/\"b\"", "\"b\""));
  CHECK(!api::match_hits("\"a\", W/\"b\"", "\"b\""));
  CHECK(api::match_hits("\"a,b\", \"c\"", "\"c\""));
  CHECK(api::match_hits(" * ", "\"c\""));
  for (const char* bad : {"", "c", "\"c", "c\"", ",,", "W/", "W/c"}) CHECK(!api::none_match_hits(bad, "\"c\""));
}

TEST_CASE("body: what is not strict JSON is refused with the place", "[http][body]") {
  api::Request request;
  request.body = R"({"a":1,"a":2})";
  const auto result = api::read_body(request);
  REQUIRE(!result);
  CHECK(result.error().rule == "malformed-request");
  CHECK(result.error().fields.at(0).code == "duplicate_key");
  request.body = std::string(200'000, '[');
  CHECK(api::read_body(request).error().fields.at(0).code == "too_deep");
  request.body = R"({"a":[1,2]})";
  CHECK(api::read_body(request).value()["a"][1] == 2);
}
