#include "registry/rules/dated_codes.h"

#include <algorithm>

namespace registry {
namespace {

bool is_code(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// "2026-01-01" or "2026-01-01..2026-12-31".
bool read_days(std::string_view text, DatedCode& out) {
  const auto dots = text.find("..");
  const auto from = Date::parse(text.substr(0, dots));
  const auto to = dots == text.npos ? std::optional(out.to) : Date::parse(text.substr(dots + 2));
  if (!from || !to || *to < *from) return false;
  out.from = *from;
  out.to = *to;
  return true;
}

std::optional<DatedCode> read_one(std::string_view text) {
  const auto at = text.find('@');
  DatedCode out{.code = text.substr(0, at)};
  if (!is_code(out.code) || (at != text.npos && !read_days(text.substr(at + 1), out))) return {};
  return out;
}

/// Calls f(code) for each readable part.
template <class F>
void each_part(std::string_view text, F&& f) {
  while (!text.empty() && text != "none") {
    const auto comma = text.find(',');
    f(read_one(text.substr(0, comma)));
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
}

bool covers(const std::optional<DatedCode>& one, Date day) { return one && one->from <= day && day <= one->to; }

}  // namespace

std::optional<std::vector<DatedCode>> parse_dated_codes(std::string_view text) {
  std::vector<DatedCode> out;
  bool good = true;
  each_part(text, [&](const std::optional<DatedCode>& one) {
    good = good && one.has_value();
    if (one) out.push_back(*one);
  });
  return good ? std::optional(std::move(out)) : std::nullopt;
}

std::string_view code_on(std::string_view text, Date day) {
  std::string_view found;
  each_part(text, [&](const std::optional<DatedCode>& one) {
    if (covers(one, day)) found = one->code;
  });
  return found;
}

bool names_code_on(std::string_view text, std::string_view code, Date day) {
  bool found = false;
  each_part(text,
            [&](const std::optional<DatedCode>& one) { found = found || (covers(one, day) && one->code == code); });
  return found;
}

}  // namespace registry
