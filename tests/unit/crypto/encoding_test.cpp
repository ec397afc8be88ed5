#include "crypto/encoding.h"

#include <catch2/catch.hpp>

using namespace crypto;

TEST_CASE("encoding: hex reads back and knows lowercase only", "[crypto][encoding]") {
  const std::string all("\x00\x01\x7f\x80\xff", 5);
  CHECK(to_hex(all) == "00017f80ff");
  CHECK(parse_hex("00017f80ff") == all);
  CHECK(parse_hex("") == "");
  for (const char* bad : {"0", "0A", "0g", " 0", "0x00", "00 "}) CHECK_FALSE(parse_hex(bad));
}

TEST_CASE("encoding: base 64 gives the examples of RFC 4648", "[crypto][encoding]") {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : examples) {
    CHECK(to_base64(bytes) == text);
    CHECK(parse_base64(text) == bytes);
  }
}

TEST_CASE("encoding: base 64 refuses every second spelling", "[crypto][encoding]") {
  const char* bad[] = {"Zg",   "Zg=",      "Zg===",    "Zh==",     "Zm9=", "Zm9v\n", "Zm 9v", "====",
                       "=Zg=", "Zg==Zg==", "Zm9vYg=a", "Zm9vYg-_", "Z",    "=",      "A===",  "\x80\x80\x80\x80"};
  for (const char* text : bad) {
    INFO(text);
    CHECK_FALSE(parse_base64(text));
  }
}

TEST_CASE("encoding: base 64 for URLs has its own letters and no padding", "[crypto][encoding]") {
  CHECK(to_base64url("\xfb\xff") == "-_8");
  CHECK(parse_base64url("-_8") == "\xfb\xff");
  CHECK(parse_base64url("") == "");
  for (const char* text : {"-_8=", "+/8", "-_9", "A", "-_8\n"}) CHECK_FALSE(parse_base64url(text));
}

TEST_CASE("encoding: all lengths read back", "[crypto][encoding]") {
  std::string bytes;
  for (int length = 0; length < 100; ++length) {
    CHECK(parse_base64(to_base64(bytes)) == bytes);
    CHECK(parse_base64url(to_base64url(bytes)) == bytes);
    CHECK(parse_hex(to_hex(bytes)) == bytes);
    bytes += static_cast<char>(length * 37 + 11);
  }
}
