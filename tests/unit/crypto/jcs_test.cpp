#include <bit>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "crypto/json.h"

using namespace crypto;

namespace {

constexpr JsonLimits kFloats{.floats = true};

std::string canonical(std::string_view text) { return to_jcs(std::get<Json>(read_json(text, kFloats))); }

std::string canonical_code(std::string_view text) {
  const auto answer = read_canonical(text);
  const auto* error = std::get_if<JsonError>(&answer);
  return error != nullptr ? error->code : "accepted";
}

std::string number_text(std::uint64_t bits) { return to_jcs(Json(std::bit_cast<double>(bits))); }

}  // namespace

TEST_CASE("jcs: gives the example of RFC 8785 section 3.2", "[crypto][jcs]") {
  const std::string text = R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })";
  CHECK(canonical(text) == R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
                           "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST_CASE("jcs: sorts names by UTF-16 code units", "[crypto][jcs]") {
  const std::string text = R"({
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"})";
  CHECK(canonical(text) ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
        "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
        "\"\U0001f600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  CHECK(canonical("{\"\ufffd\U00010000\":1,\"\ufffd\":2,\"\U00010000\":3,\"\":4,\"a\ue000\":5,\"a\U0010ffff\":6}") ==
        "{\"\":4,\"a\U0010ffff\":6,\"a\ue000\":5,\"\U00010000\":3,\"\ufffd\":2,\"\ufffd\U00010000\":1}");
  CHECK(canonical(R"({"b":1,"a":2,"B":3,"aa":4,"":5,"10":6,"2":7})") ==
        R"({"":5,"10":6,"2":7,"B":3,"a":2,"aa":4,"b":1})");
}

TEST_CASE("jcs: prints the numbers of RFC 8785 appendix B", "[crypto][jcs]") {
  const std::pair<std::uint64_t, const char*> examples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, text] : examples) CHECK(number_text(bits) == text);
}

TEST_CASE("jcs: numbers without a JSON form throw", "[crypto][jcs]") {
  CHECK_THROWS_AS(number_text(0x7ff0000000000000), std::domain_error);
  CHECK_THROWS_AS(number_text(0x7fffffffffffffff), std::domain_error);
  CHECK_THROWS_AS(to_jcs(Json::binary({1, 2})), std::domain_error);
}

TEST_CASE("jcs: integers are printed exactly", "[crypto][jcs]") {
  CHECK(to_jcs(Json(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
  CHECK(to_jcs(Json(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
  CHECK(to_jcs(Json(0)) == "0");
  CHECK(to_jcs(Json(100.0)) == "100");
}

TEST_CASE("jcs: escapes no more than it must", "[crypto][jcs]") {
  std::string all;
  for (char c = 0; c < 0x20; ++c) all += c;
  CHECK(to_jcs(Json(all)) ==
        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
        "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u00"
        "1f\"");
  CHECK(to_jcs(Json("</script>\x7f\u2028易\"\\")) == "\"</script>\x7f\u2028易\\\"\\\\\"");
}

TEST_CASE("jcs: empty containers", "[crypto][jcs]") {
  CHECK(to_jcs(Json::object()) == "{}");
  CHECK(to_jcs(Json::array()) == "[]");
  CHECK(to_jcs(Json{{"a", Json::array({Json::object(), Json::array()})}}) == R"({"a":[{},[]]})");
}

TEST_CASE("jcs: canonical bytes are accepted and every other spelling is refused", "[crypto][jcs]") {
  CHECK(canonical_code(R"({"a":[1,-2],"b":"é\n"})") == "accepted");
  for (const char* text : {"{\"b\":1,\"a\":2}", " {}", "{} ", "{\"a\": 1}", "-0", R"("\u0041")", R"("\/")",
                           R"("\u00e9")", R"("\u000A")", R"("\u001F")", "[1,\n2]"}) {
    INFO(text);
    CHECK(canonical_code(text) == "not_canonical");
  }
  CHECK(canonical_code("{\"a\":1,\"a\":1}") == "duplicate_key");
  CHECK(canonical_code("1.5") == "float_number");
  const auto answer = read_canonical(R"({"a":1, "b":2})");
  CHECK(std::get<JsonError>(answer).offset == 7);
}

TEST_CASE("jcs: doubles read back as they were", "[crypto][jcs]") {
  std::mt19937_64 random(20240711);
  for (int i = 0; i < 20'000; ++i) {
    // Every other one without an exponent to speak of, near the bounds of the plain notation.
    const double number = i % 2 == 0 ? std::bit_cast<double>(random()) : static_cast<double>(random()) * 1e-9;
    if (!std::isfinite(number)) continue;
    const std::string text = to_jcs(Json(number));
    double read = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
    REQUIRE((error == std::errc() && end == text.data() + text.size() && read == number));
    if (text.find_first_of(".e") == std::string::npos) continue;
    REQUIRE(canonical(text) == text);
  }
}
