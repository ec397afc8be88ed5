// The canonical form of RFC 8785.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "crypto/json.h"

namespace crypto {

namespace {

void append_value(std::string& out, const Json& value);

// UTF-8 sorts as code points do. UTF-16 differs in one thing: what takes two units (F0 to F4 in front) sorts before
// U+E000 to U+FFFF (EE and EF in front).
unsigned char utf16_rank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0xf0) return static_cast<unsigned char>(byte - 2);
  return byte >= 0xee ? static_cast<unsigned char>(byte + 0x10) : byte;
}

bool precedes(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return utf16_rank(x) < utf16_rank(y); });
}

bool has_two_unit_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xf0; });
}

/// Bytes that stand for themselves: all but quote, backslash and controls.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 256; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kEscaped = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetters = "btnfr\"\\";
  out += '\\';
  if (const std::size_t at = kEscaped.find(c); at != std::string_view::npos) {
    out += kLetters[at];
    return;
  }
  out += "u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void append_jcs_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (kPlain[static_cast<unsigned char>(text[at])]) continue;
    out.append(text, start, at - start);
    append_escape(out, text[at]);
    start = at + 1;
  }
  out.append(text, start);
  out += '"';
}

namespace {

template <typename Integer>
void append_integer(std::string& out, Integer number) {
  std::array<char, 24> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), result.ptr);
}

// ECMA-262 Number::toString for digits d1...dk and the value 0.d1...dk * 10^point.
void append_decimal(std::string& out, std::string_view digits, int point) {
  const int count = static_cast<int>(digits.size());
  if (point > 21 || point <= -6) {
    out += digits[0];
    if (count > 1) out.append(".").append(digits.substr(1));
    out += point > 0 ? "e+" : "e-";
    append_integer(out, std::abs(point - 1));
  } else if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
  } else if (point >= count) {
    out.append(digits).append(static_cast<std::size_t>(point - count), '0');
  } else {
    const auto whole = static_cast<std::size_t>(point);
    out.append(digits.substr(0, whole)).append(".").append(digits.substr(whole));
  }
}

void append_double(std::string& out, double number) {
  if (!std::isfinite(number)) throw std::domain_error("NaN and infinity have no JSON form");
  if (number == 0) {
    out += '0';
    return;
  }
  if (number < 0) out += '-';
  // Shortest digits that read back as the same double: "d.ddde[+-]xx".
  std::array<char, 40> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(number), std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t mark = text.find('e');
  std::string digits(1, text[0]);
  if (mark > 2) digits += text.substr(2, mark - 2);
  const std::string_view exponent_text = text.substr(text[mark + 1] == '+' ? mark + 2 : mark + 1);
  int exponent = 0;
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  append_decimal(out, digits, exponent + 1);
}

void append_member(std::string& out, const std::string& key, const Json& value) {
  append_jcs_string(out, key);
  out += ':';
  append_value(out, value);
  out += ',';
}

void append_sorted_members(std::string& out, const Json::object_t& members) {
  std::vector<const Json::object_t::value_type*> sorted;
  sorted.reserve(members.size());
  for (const auto& member : members) sorted.push_back(&member);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return precedes(a->first, b->first); });
  for (const auto* member : sorted) append_member(out, member->first, member->second);
}

/// Puts `close` over the comma after the last element, or after `open` if there was none.
void close_container(std::string& out, bool is_empty, char close) {
  if (is_empty) {
    out += close;
  } else {
    out.back() = close;
  }
}

void append_object(std::string& out, const Json::object_t& members) {
  const bool in_order =
      std::none_of(members.begin(), members.end(), [](const auto& m) { return has_two_unit_character(m.first); });
  out += '{';
  if (in_order) {
    for (const auto& [key, value] : members) append_member(out, key, value);
  } else {
    append_sorted_members(out, members);
  }
  close_container(out, members.empty(), '}');
}

void append_array(std::string& out, const Json::array_t& elements) {
  out += '[';
  for (const Json& element : elements) {
    append_value(out, element);
    out += ',';
  }
  close_container(out, elements.empty(), ']');
}

void append_value(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      out += "null";
      return;
    case Json::value_t::boolean:
      out += value.get_ref<const bool&>() ? "true" : "false";
      return;
    case Json::value_t::string:
      return append_jcs_string(out, value.get_ref<const std::string&>());
    case Json::value_t::number_integer:
      return append_integer(out, value.get_ref<const std::int64_t&>());
    case Json::value_t::number_unsigned:
      return append_integer(out, value.get_ref<const std::uint64_t&>());
    case Json::value_t::number_float:
      return append_double(out, value.get_ref<const double&>());
    case Json::value_t::object:
      return append_object(out, value.get_ref<const Json::object_t&>());
    case Json::value_t::array:
      return append_array(out, value.get_ref<const Json::array_t&>());
    case Json::value_t::binary:
    case Json::value_t::discarded:
      throw std::domain_error("binary values have no JSON form");
  }
}

}  // namespace

std::string to_jcs(const Json& value) {
  std::string out;
  // Most documents fit: growing from nothing costs more than writing one.
  out.reserve(512);
  append_value(out, value);
  return out;
}

}  // namespace crypto
