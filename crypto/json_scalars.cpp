// Strings and numbers of the JSON reader.

#include <array>
#include <charconv>
#include <limits>

#include "crypto/json_reader.h"
#include "crypto/utf8.h"

namespace crypto {

namespace {

// 2^53 - 1: the largest integer below which every integer is a double of its own.
constexpr std::uint64_t kIntegerMax = 9007199254740991;
constexpr std::size_t kIntegerDigitsMax = 16;

/// Bytes that a string takes over as they are: printable ASCII but quote and backslash.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char unescape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

bool is_high_surrogate(unsigned unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_surrogate(unsigned unit) { return unit >= 0xdc00 && unit < 0xe000; }

}  // namespace

bool JsonReader::read_string(std::string& text) {
  ++at_;
  for (;;) {
    const std::size_t start = at_;
    while (!at_end() && kPlain[static_cast<unsigned char>(bytes_[at_])]) ++at_;
    text.append(bytes_, start, at_ - start);
    if (at_end()) return fail_here("");
    const char c = bytes_[at_];
    if (c == '"') {
      ++at_;
      return true;
    }
    if (c == '\\') {
      if (!read_escape(text)) return false;
    } else {
      const std::size_t length = utf8_length(bytes_, at_);
      if (length < 2) return fail_here("A control character in a string must be escaped.");
      text.append(bytes_, at_, length);
      at_ += length;
    }
  }
}

bool JsonReader::read_escape(std::string& text) {
  const std::size_t start = at_++;
  if (peek() == 'u') {
    ++at_;
    return read_unicode_escape(text, start);
  }
  const char c = unescape(peek());
  if (c == '\0') return fail_here("There is no such escape.");
  text += c;
  ++at_;
  return true;
}

std::optional<unsigned> JsonReader::read_hex4() {
  const std::string_view digits = bytes_.substr(at_, 4);
  unsigned unit = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  if (digits.size() != 4 || error != std::errc() || end != digits.data() + 4) return std::nullopt;
  at_ += 4;
  return unit;
}

bool JsonReader::read_unicode_escape(std::string& text, std::size_t start) {
  const std::optional<unsigned> unit = read_hex4();
  if (!unit) return fail("bad_syntax", start, "Four hexadecimal digits must follow \\u.");
  char32_t code = *unit;
  if (is_low_surrogate(*unit)) return fail("lone_surrogate", start, "A surrogate stands alone.");
  if (is_high_surrogate(*unit)) {
    std::optional<unsigned> low;
    if (bytes_.substr(at_, 2) == "\\u") {
      at_ += 2;
      low = read_hex4();
    }
    if (!low || !is_low_surrogate(*low)) return fail("lone_surrogate", start, "A surrogate stands alone.");
    code = 0x10000 + ((code - 0xd800) << 10) + (*low - 0xdc00);
  }
  append_utf8(text, code);
  return true;
}

bool JsonReader::read_number(Json& value) {
  const std::size_t start = at_;
  bool is_integer = true;
  if (!skip_number(is_integer)) return false;
  const std::string_view token = bytes_.substr(start, at_ - start);
  return is_integer ? store_integer(value, token) : store_float(value, token);
}

bool JsonReader::skip_number(bool& is_integer) {
  const bool negative = peek() == '-';
  if (negative) ++at_;
  if (peek() == '0') {
    ++at_;
    if (is_digit(peek())) return fail_here("A number starts with a superfluous zero.");
  } else if (!skip_digits()) {
    return fail_here(negative ? "A digit is missing." : "Here is no JSON value.");
  }
  if (peek() == '.') {
    is_integer = false;
    ++at_;
    if (!skip_digits()) return fail_here("A digit is missing.");
  }
  if (peek() == 'e' || peek() == 'E') {
    is_integer = false;
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!skip_digits()) return fail_here("A digit is missing.");
  }
  return true;
}

bool JsonReader::skip_digits() {
  const std::size_t start = at_;
  while (is_digit(peek())) ++at_;
  return at_ > start;
}

bool JsonReader::store_integer(Json& value, std::string_view token) {
  const std::size_t start = at_ - token.size();
  const bool negative = token.starts_with('-');
  if (negative) token.remove_prefix(1);
  std::uint64_t magnitude = std::numeric_limits<std::uint64_t>::max();
  if (token.size() <= kIntegerDigitsMax) std::from_chars(token.data(), token.data() + token.size(), magnitude);
  if (magnitude > kIntegerMax) return fail("number_range", start, "An integer lies beyond 2^53 - 1.");
  if (negative && magnitude != 0) {
    value = -static_cast<std::int64_t>(magnitude);
  } else {
    value = magnitude;
  }
  return true;
}

bool JsonReader::store_float(Json& value, std::string_view token) {
  const std::size_t start = at_ - token.size();
  if (!limits_.floats) return fail("float_number", start, "Only integers are allowed, without fraction and exponent.");
  double number = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
  if (error != std::errc()) return fail("number_range", start, "A number is too large or too small for a double.");
  value = number;
  return true;
}

}  // namespace crypto
