#include "crypto/json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

using namespace crypto;

namespace {

JsonError error_of(std::string_view bytes, const JsonLimits& limits = {}) {
  const auto answer = read_json(bytes, limits);
  const auto* error = std::get_if<JsonError>(&answer);
  return error != nullptr ? *error : JsonError{"accepted", "", 0, ""};
}

std::string code_of(std::string_view bytes, const JsonLimits& limits = {}) { return error_of(bytes, limits).code; }

bool is_read(std::string_view bytes, const JsonLimits& limits = {}) { return code_of(bytes, limits) == "accepted"; }

Json value_of(std::string_view bytes, const JsonLimits& limits = {}) {
  return std::get<Json>(read_json(bytes, limits));
}

constexpr JsonLimits kFloats{.floats = true};

std::string nested(int depth, const char* inner = "") {
  const auto count = static_cast<std::size_t>(depth);
  return std::string(count, '[') + inner + std::string(count, ']');
}

}  // namespace

TEST_CASE("json: reads what RFC 8259 allows", "[crypto][json]") {
  CHECK(value_of(" { \"a\" : [ 1 , -2 , true , false , null , \"x\" ] ,\t\"b\":{} ,\r\n\"c\":[] } ") ==
        Json::parse(R"({"a":[1,-2,true,false,null,"x"],"b":{},"c":[]})"));
  CHECK(value_of("0") == Json(0));
  CHECK(value_of("\"\"") == Json(""));
  CHECK(value_of("null").is_null());
  CHECK(value_of("false") == Json(false));
  CHECK(value_of("{\"\":0}") == Json{{"", 0}});
}

TEST_CASE("json: reads escapes and Unicode", "[crypto][json]") {
  CHECK(value_of(R"("\"\\\/\b\f\n\r\t")") == Json("\"\\/\b\f\n\r\t"));
  CHECK(value_of(R"("\u0041\u00e9\u20AC\ud83d\ude00")") == Json("A\u00e9\u20ac\U0001f600"));
  CHECK(value_of(R"("\u0000")") == Json(std::string(1, '\0')));
  CHECK(value_of("\"易制毒\U0001f600\u00e9\x7f\"") == Json("易制毒\U0001f600\u00e9\x7f"));
  CHECK(value_of(R"("\uffff\ud7ff\ue000\udbff\udfff")") == Json("\uffff\ud7ff\ue000\U0010ffff"));
  CHECK(value_of(R"({"\u0061":1})") == Json{{"a", 1}});
}

TEST_CASE("json: integers reach to 2^53 - 1 either way", "[crypto][json]") {
  CHECK(value_of("9007199254740991") == Json(9007199254740991));
  CHECK(value_of("-9007199254740991") == Json(-9007199254740991));
  CHECK(value_of("5").is_number_unsigned());
  CHECK(value_of("-5").get<std::int64_t>() == -5);
  CHECK(value_of("-0") == Json(0));
  for (const char* text :
       {"9007199254740992", "-9007199254740992", "18446744073709551616", "99999999999999999999999"}) {
    CHECK(code_of(text) == "number_range");
    CHECK(code_of(text, kFloats) == "number_range");
  }
  CHECK(code_of(std::string(100'000, '9')) == "number_range");
}

TEST_CASE("json: numbers with a fraction or an exponent need leave", "[crypto][json]") {
  for (const char* text : {"1.0", "1e2", "0.5", "-0.0", "1E+2", "1e400", "1e-1"})
    CHECK(code_of(text) == "float_number");
  CHECK(value_of("1.5", kFloats) == Json(1.5));
  CHECK(value_of("-1E+2", kFloats) == Json(-100.0));
  CHECK(value_of("2.5e-1", kFloats) == Json(0.25));
  CHECK(code_of("1e400", kFloats) == "number_range");
  CHECK(code_of("-1e400", kFloats) == "number_range");
  CHECK(error_of("{\"mass\":[1,2.5]}").pointer == "/mass/1");
  CHECK(error_of("{\"mass\":[1,2.5]}").offset == 11);
}

TEST_CASE("json: refuses numbers that JSON does not know", "[crypto][json]") {
  const char* bad[] = {"01",   "00",  "-01", "-",     "+1",       ".5",        "5.", "1e", "1e+", "0x10",
                       "1.e2", "NaN", "-a",  "1_000", "Infinity", "-Infinity", "１", "0.", "--1"};
  for (const char* text : bad) {
    INFO(text);
    CHECK_FALSE(is_read(text));
    CHECK_FALSE(is_read(text, kFloats));
  }
  CHECK(code_of("01") == "bad_syntax");
  CHECK(code_of("[-01]") == "bad_syntax");
}

TEST_CASE("json: refuses broken syntax and says where", "[crypto][json]") {
  const char* bad[] = {
      "",          " ",        "[",       "]",           "{",          "}",         "[1",          "[1,]",
      "[,1]",      "[1 2]",    "{\"a\"}", "{\"a\":}",    "{\"a\":1,}", "{,}",       "{a:1}",       "{'a':1}",
      "{\"a\" 1}", "{1:2}",    "\"a",     "'a'",         "\"\\x\"",    "\"\\u12\"", "\"\\u12g4\"", "\"\\",
      "tru",       "TRUE",     "nul",     "[true",       "//c\n1",     "/*c*/1",    "[1,,2]",      "{\"a\":1 \"b\":2}",
      "\"a\nb\"",  "\"a\tb\"", "\v1",     "\"\\u+123\"", "[}",         "{]",        "\"\\u 123\""};
  for (const char* text : bad) {
    INFO(text);
    CHECK(code_of(text) == "bad_syntax");
  }
  CHECK(error_of("[1,\n 2,\n x]").offset == 9);
  CHECK(error_of("[1,\n 2,\n x]").pointer == "/2");
  CHECK(error_of("{\"a\":[{\"b\":1},{\"c\":x}]}").pointer == "/a/1/c");
  CHECK(error_of("{\"a/b\":{\"m~n\":x}}").pointer == "/a~1b/m~0n");
}

TEST_CASE("json: refuses a name that occurs twice", "[crypto][json]") {
  CHECK(code_of(R"({"a":1,"a":1})") == "duplicate_key");
  CHECK(code_of(R"({"b":1,"a":2,"b":3})") == "duplicate_key");
  CHECK(code_of(R"({"a":1,"\u0061":2})") == "duplicate_key");
  CHECK(is_read(R"({"a":{"a":1},"A":[{"a":1},{"a":1}]})"));
  const JsonError error = error_of(R"({"x":{"k":1,"j":2,"k":3}})");
  CHECK(error.pointer == "/x/k");
  CHECK(error.offset == 18);
}

TEST_CASE("json: refuses surrogates that stand alone", "[crypto][json]") {
  for (const char* text : {R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\udc00\ud800")", R"("\ud800x")",
                           R"("\ud800\n")", R"("\ud83d\u0041")", R"({"\udfff":1})"}) {
    INFO(text);
    CHECK(code_of(text) == "lone_surrogate");
  }
  CHECK(error_of(R"(["ab\ud800"])").offset == 4);
  CHECK(error_of(R"(["ab\ud800"])").pointer == "/0");
}

TEST_CASE("json: refuses bytes that are not UTF-8", "[crypto][json]") {
  const char* bad[] = {"\"\x80\"",         "\"\xc0\xaf\"",         "\"\xc1\xbf\"",
                       "\"\xe0\x80\xaf\"", "\"\xf0\x80\x80\xaf\"", "\"\xed\xa0\x80\"",
                       "\"\xed\xbf\xbf\"", "\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"",
                       "\"\xff\"",         "\"\xe6\x98\"",         "\"\xe6\x98",
                       "\"\xc3",           "\xff\xfe[\0",          "[\x80]",
                       "{\"\xc0\x80\":1}"};
  for (const char* text : bad) {
    INFO(text);
    CHECK(code_of(text) == "bad_utf8");
  }
}

TEST_CASE("json: refuses a byte order mark", "[crypto][json]") {
  CHECK(code_of("\xef\xbb\xbf{}") == "bom");
  CHECK(code_of(" \xef\xbb\xbf{}") == "bad_syntax");
  CHECK(is_read("\"\ufeff\""));
}

TEST_CASE("json: refuses anything but blanks after the document", "[crypto][json]") {
  CHECK(is_read("{} \n\r\t"));
  for (std::string_view text : {std::string_view("{}\0", 3), std::string_view("1 \0", 3), std::string_view("{}{}"),
                                std::string_view("1 2"), std::string_view("null,"), std::string_view("[]]")}) {
    CHECK(code_of(text) == "trailing_bytes");
  }
  CHECK(error_of("{} x").offset == 3);
  CHECK(code_of(std::string_view("\0", 1)) == "bad_syntax");
  CHECK(code_of(std::string_view("\"a\0b\"", 5)) == "bad_syntax");
}

TEST_CASE("json: stops at depth 16, however deep the rest is", "[crypto][json]") {
  CHECK(is_read(nested(16)));
  CHECK(is_read(nested(16, "1")));
  CHECK(code_of(nested(17)) == "too_deep");
  CHECK(error_of(nested(17)).offset == 16);
  CHECK(code_of(std::string(1'000'000, '[')) == "too_deep");
  std::string objects;
  for (int i = 0; i < 200'000; ++i) objects += "{\"a\":";
  CHECK(code_of(objects, {.bytes_max = 2'000'000}) == "too_deep");
  CHECK(is_read("1", {.depth_max = 0}));
  CHECK(code_of("[]", {.depth_max = 0}) == "too_deep");
  CHECK(is_read(nested(1000), {.depth_max = 1'000'000}));
  CHECK(code_of(nested(1001), {.depth_max = 1'000'000}) == "too_deep");
}

TEST_CASE("json: refuses documents past the limit of bytes", "[crypto][json]") {
  CHECK(is_read("[1]", {.bytes_max = 3}));
  CHECK(code_of("[1] ", {.bytes_max = 3}) == "too_long");
  CHECK(code_of(std::string((1U << 20) + 1, ' ')) == "too_long");
}

TEST_CASE("json: every prefix of a document is refused", "[crypto][json]") {
  const std::string text = R"({"a":[1,-2,{"b":"x\u20ac易\n"}],"c":true,"d":null})";
  REQUIRE(is_read(text));
  for (std::size_t length = 0; length < text.size(); ++length) CHECK_FALSE(is_read(text.substr(0, length)));
}

TEST_CASE("json: agrees with the library on what both accept", "[crypto][json]") {
  const std::string text = R"({"z":[{"a":"b","n":[[],{}]},0,-1,"é\t"],"y":{"k":9007199254740991},"x":null})";
  CHECK(value_of(text) == Json::parse(text));
}

TEST_CASE("json: whatever a damaged document is read as, the library reads it so too", "[crypto][json]") {
  const std::string text =
      R"({"a":[1,-2,0.5e3,{"b":"x\u20ac\ud83d\ude00\n易"}],"c":true,"d":null,"e":{"f":[],"g":{},"h":"\"\\"}})";
  REQUIRE(is_read(text, kFloats));
  std::mt19937_64 random(6962);
  const std::string_view parts = "{}[]\",:\\u0019eE.+-tfn \x80\xc3\xed\xff\x01";
  std::size_t accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = text;
    for (auto change = random() % 3 + 1; change > 0; --change) {
      const std::size_t at = random() % damaged.size();
      const char part = parts[random() % parts.size()];
      if (random() % 2 == 0) {
        damaged[at] = part;
      } else if (random() % 2 == 0) {
        damaged.insert(at, 1, part);
      } else {
        damaged.erase(at, 1);
      }
    }
    const auto answer = read_json(damaged, kFloats);
    const Json library = Json::parse(damaged, nullptr, false);
    if (const Json* value = std::get_if<Json>(&answer)) {
      ++accepted;
      REQUIRE(*value == library);
      REQUIRE(std::get<Json>(read_canonical(to_jcs(*value), kFloats)) == *value);
    } else if (!library.is_discarded()) {
      // Stricter in these only.
      const std::string code = std::get<JsonError>(answer).code;
      REQUIRE((code == "duplicate_key" || code == "number_range"));
    }
    if (const auto* error = std::get_if<JsonError>(&answer)) REQUIRE(error->offset <= damaged.size());
  }
  CHECK(accepted > 500);
}
