#include "api/http/percent.h"

#include <algorithm>

#include "api/http/text.h"

namespace api {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::optional<std::string> decode_query_part(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

registry::Refusal bad_query(std::string pointer, std::string code) {
  return registry::refuse("malformed-request").at(std::move(pointer), std::move(code));
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return {};
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (is_control(c)) return {};
    out.push_back(c);
  }
  if (!is_utf8(out)) return {};
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain)
      out.push_back(c);
    else
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return out;
}

std::optional<std::string> decode_segment(std::string_view text) {
  auto out = percent_decode(text);
  if (!out || *out == "." || *out == ".." || out->find_first_of("/\\") != std::string::npos) return {};
  return out;
}

registry::Result<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view text) {
  std::map<std::string, std::string, std::less<>> out;
  while (!text.empty()) {
    std::string_view value = cut(text, '&');
    const auto key = decode_query_part(cut(value, '='));
    const auto decoded = decode_query_part(value);
    if (!key || key->empty()) return bad_query("query", "bad_escape");
    if (!decoded) return bad_query("query/" + *key, "bad_escape");
    if (!out.emplace(*key, *decoded).second) return bad_query("query/" + *key, "duplicate");
  }
  return out;
}

}  // namespace api
