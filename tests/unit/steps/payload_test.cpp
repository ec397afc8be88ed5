#include "registry/steps/payload.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "registry/base/limits.h"
#include "world.h"

using namespace registry;

namespace {

constexpr std::string_view kNonce = "000102030405060708090a0b0c0d0e0f";

/// Reads {"nonce", "x": value} with `read` and tells what is wrong with it: "good" or "/x:code ...".
template <class Read>
std::string reading(nlohmann::json value, Read&& read) {
  const nlohmann::json payload = {{"nonce", kNonce}, {"x", std::move(value)}};
  PayloadReader in(payload);
  read(in);
  const Check check = in.finish();
  if (check) return "good";
  std::string out = check.error().rule == "payload-form" ? "" : check.error().rule;
  for (const FieldError& field : check.error().fields)
    out += (out.empty() ? "" : " ") + field.pointer + ":" + field.code;
  return out;
}

std::string id(nlohmann::json value) {
  return reading(std::move(value), [](PayloadReader& in) { in.id("x"); });
}
std::string text(nlohmann::json value) {
  return reading(std::move(value), [](PayloadReader& in) { in.text("x", 5); });
}
std::string quantity(nlohmann::json value, Zero zero = Zero::refused) {
  return reading(std::move(value), [zero](PayloadReader& in) { in.quantity("x", zero); });
}
std::string integer(nlohmann::json value) {
  return reading(std::move(value), [](PayloadReader& in) { in.integer("x", 0, 1'000'000); });
}
std::string words(nlohmann::json value) {
  return reading(std::move(value), [](PayloadReader& in) { in.list_of("x", {"a", "b"}); });
}
nlohmann::json grams(const char* value) { return {{"unit", "g"}, {"value", value}}; }

}  // namespace

TEST_CASE("payload: a nonce of 32 lowercase hex digits is asked of every step", "[steps][payload]") {
  const auto nonce = [](nlohmann::json payload) {
    PayloadReader in(payload);
    const Check check = in.finish();
    return check ? std::string("good") : check.error().fields.at(0).pointer + ":" + check.error().fields.at(0).code;
  };
  CHECK(nonce({{"nonce", kNonce}}) == "good");
  CHECK(nonce(nlohmann::json::object()) == "/nonce:required");
  CHECK(nonce({{"nonce", "00"}}) == "/nonce:bad_nonce");
  CHECK(nonce({{"nonce", "000102030405060708090A0B0C0D0E0F"}}) == "/nonce:bad_nonce");
  CHECK(nonce(nlohmann::json::array()) == ":wrong_type");
}

TEST_CASE("payload: an id is 1 to 40 plain characters", "[steps][payload]") {
  CHECK(id("GB-2026_01.a") == "good");
  CHECK(id(std::string(40, 'x')) == "good");
  CHECK(id(std::string(41, 'x')) == "/x:bad_id");
  CHECK(id("") == "/x:bad_id");
  CHECK(id("a b") == "/x:bad_id");
  CHECK(id("丙酮") == "/x:bad_id");
  CHECK(id(7) == "/x:wrong_type");
  CHECK(id(nullptr) == "/x:wrong_type");
}

TEST_CASE("payload: text is counted in characters and has no control characters", "[steps][payload]") {
  CHECK(text("高锰酸钾粉") == "good");
  CHECK(text("高锰酸钾粉末") == "/x:too_long");
  CHECK(text("") == "/x:empty");
  CHECK(text("a\nb") == "/x:control_character");
  CHECK(text("a\x7f") == "/x:control_character");
  CHECK(text("\xc2\x85") == "/x:control_character");
  CHECK(text("\xc2\xa0") == "good");
}

TEST_CASE("payload: a quantity is plain decimal text with its unit", "[steps][payload]") {
  CHECK(quantity(grams("417.29")) == "good");
  CHECK(quantity(grams("1e3")) == "/x/value:bad_quantity");
  CHECK(quantity(grams("0")) == "/x/value:zero_quantity");
  CHECK(quantity(grams("0"), Zero::allowed) == "good");
  CHECK(quantity({{"unit", "lb"}, {"value", "1"}}) == "/x/unit:bad_unit");
  CHECK(quantity({{"value", "1"}}) == "/x/unit:required");
  CHECK(quantity({{"unit", "g"}, {"value", 1}}) == "/x/value:wrong_type");
  CHECK(quantity({{"unit", "g"}, {"value", "1"}, {"pure", "1"}}) == "/x/pure:unknown_field");
  CHECK(quantity("5 kg") == "/x:wrong_type");
}

TEST_CASE("payload: a whole number stays within its bounds, however large it is written", "[steps][payload]") {
  CHECK(integer(0) == "good");
  CHECK(integer(1'000'000) == "good");
  CHECK(integer(1'000'001) == "/x:out_of_range");
  CHECK(integer(-1) == "/x:out_of_range");
  CHECK(integer(std::uint64_t{1} << 63) == "/x:out_of_range");
  CHECK(integer(1.5) == "/x:wrong_type");
  CHECK(integer("1") == "/x:wrong_type");
}

TEST_CASE("payload: a day must exist", "[steps][payload]") {
  const auto date = [](const char* value) { return reading(value, [](PayloadReader& in) { in.date("x"); }); };
  const auto time = [](const char* value) { return reading(value, [](PayloadReader& in) { in.time("x"); }); };
  CHECK(date("2028-02-29") == "good");
  CHECK(date("2026-02-29") == "/x:bad_date");
  CHECK(date("2026-2-9") == "/x:bad_date");
  CHECK(time("2026-01-31T08:15:30.123Z") == "good");
  CHECK(time("2026-01-31 08:15") == "/x:bad_time");
}

TEST_CASE("payload: a list names each of the allowed words once", "[steps][payload]") {
  CHECK(words({"b", "a"}) == "good");
  CHECK(words({"a", "a"}) == "/x/1:repeated");
  CHECK(words({"a", "c"}) == "/x/1:not_allowed");
  CHECK(words(nlohmann::json::array()) == "/x:empty");
  CHECK(words("a") == "/x:wrong_type");
}

TEST_CASE("payload: a region is six digits, whatever they mean", "[steps][payload]") {
  const auto region = [](const char* value) { return reading(value, [](PayloadReader& in) { in.region("x"); }); };
  CHECK(region("360302") == "good");
  CHECK(region("36030") == "/x:bad_region");
}

TEST_CASE("payload: a key is the canonical DER of its suite", "[steps][payload]") {
  const auto key = [](nlohmann::json value) {
    return reading(std::move(value), [](PayloadReader& in) { in.key("x"); });
  };
  const auto good = nlohmann::json::parse(world::World::key_json("a device"));
  CHECK(key(good) == "good");
  auto other = good;
  other["suite"] = "sm2-sm3";
  CHECK(key(other) == "/x/spki:bad_key");
  other["suite"] = "rsa";
  CHECK(key(other) == "/x/suite:bad_suite");
  CHECK(key({{"spki", "*"}, {"suite", "ed25519-sha256"}}) == "/x/spki:bad_base64");
}

TEST_CASE("payload: a header is kept as the lines that were signed", "[steps][payload]") {
  const auto lines = [](const char* value) {
    return reading(value, [](PayloadReader& in) { in.ascii_lines("x", 20); });
  };
  CHECK(lines("ledger.entry v1\n") == "good");
  CHECK(lines("ledger.entry v1\r\n") == "/x:bad_lines");
  CHECK(lines("ledger.entry v1\na\nb\nc\n") == "/x:bad_lines");
  CHECK(lines("") == "/x:bad_lines");
}

TEST_CASE("payload: every fault is told at once, in the lines too", "[steps][payload]") {
  const nlohmann::json payload = {
      {"nonce", kNonce},
      {"site", "S 1"},
      {"lines", {{{"lot", "L1"}, {"quantity", grams("0")}}, 7, {{"lot", "L2"}, {"a/b", 1}}}},
      {"extra", 1}};
  PayloadReader in(payload);
  in.id("site");
  in.date("day");
  for (PayloadReader& line : in.lines("lines")) {
    line.id("lot");
    line.quantity("quantity");
  }
  const Check check = in.finish();
  REQUIRE_FALSE(check.has_value());
  std::string told;
  for (const FieldError& field : check.error().fields) told += field.pointer + ":" + field.code + "\n";
  CHECK(told ==
        "/site:bad_id\n/day:required\n/lines/1:wrong_type\n/lines/0/quantity/value:zero_quantity\n"
        "/lines/2/quantity:required\n/extra:unknown_field\n/lines/2/a~1b:unknown_field\n");
}

TEST_CASE("payload: there are 1 to 200 lines", "[steps][payload]") {
  const auto lines = [](std::size_t n, bool optional = false) {
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < n; ++i) list.push_back(nlohmann::json::object());
    return reading(std::move(list), [optional](PayloadReader& in) { in.lines("x", optional); });
  };
  CHECK(lines(1) == "good");
  CHECK(lines(limits::kLinesMax) == "good");
  CHECK(lines(limits::kLinesMax + 1) == "/x:too_many");
  CHECK(lines(0) == "/x:empty");
  CHECK(lines(0, true) == "/x:empty");
}

TEST_CASE("payload: what is optional may be absent, not empty", "[steps][payload]") {
  const nlohmann::json payload = {{"nonce", kNonce}, {"remark", ""}};
  PayloadReader in(payload);
  CHECK(in.optional_id("carrier").empty());
  CHECK_FALSE(in.optional_date("expiry").has_value());
  CHECK_FALSE(in.optional_quantity("quantity").has_value());
  CHECK(in.optional_ids("reported_to").empty());
  CHECK(in.lines("inputs", true).empty());
  CHECK_FALSE(in.has("carrier"));
  CHECK(in.optional_text("remark", 10).empty());
  const Check check = in.finish();
  REQUIRE_FALSE(check.has_value());
  REQUIRE(check.error().fields.size() == 1);
  CHECK(check.error().fields[0].pointer == "/remark");
}
