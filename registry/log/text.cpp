#include "registry/log/text.h"

#include <charconv>

#include "registry/base/limits.h"

namespace registry::text {

void append_number(std::string& out, std::uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 16 || (text[0] == '0' && text.size() > 1)) return {};
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > static_cast<std::uint64_t>(limits::kIndexMax)) return {};
  return value;
}

std::optional<std::pair<std::string_view, std::string_view>> split_at_blank(std::string_view text) {
  const auto blank = text.find(' ');
  if (blank == text.npos) return {};
  return std::pair{text.substr(0, blank), text.substr(blank + 1)};
}

std::optional<CountedHash> parse_counted_hash(std::string_view text) {
  const auto parts = split_at_blank(text);
  if (!parts) return {};
  const auto count = parse_number(parts->first);
  const auto hash = crypto::Digest::parse_hex(parts->second);
  if (!count || !hash) return {};
  return CountedHash{*count, *hash};
}

void append_counted_hash(std::string& out, std::string_view name, std::uint64_t count, const crypto::Digest& hash) {
  out.append(name).push_back(' ');
  append_number(out, count);
  out.push_back(' ');
  out.append(hash.hex()).push_back('\n');
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(" ").append(value).push_back('\n');
}

void LineReader::bad(std::string_view name, std::string_view code) {
  errors_.push_back({std::string(form_).append("/").append(name), std::string(code), {}});
}

void LineReader::lose_order(std::string_view name) {
  out_of_order_ = true;
  bad(name, "missing_line");
}

std::optional<std::string_view> LineReader::line(std::string_view name) {
  if (out_of_order_) return {};
  const auto newline = rest_.find('\n');
  if (newline == rest_.npos) return lose_order(name), std::nullopt;
  const auto text = rest_.substr(0, newline);
  rest_.remove_prefix(newline + 1);
  return text;
}

std::optional<std::string_view> LineReader::take(std::string_view name) {
  const auto text = line(name);
  if (!text) return {};
  if (!text->starts_with(name) || text->size() <= name.size() || (*text)[name.size()] != ' ')
    return lose_order(name), std::nullopt;
  return text->substr(name.size() + 1);
}

void LineReader::fixed(std::string_view expected, std::string_view name) {
  const auto text = line(name);
  if (text && *text != expected) lose_order(name);
}

std::optional<std::string_view> LineReader::bytes(std::uint64_t count) {
  if (out_of_order_ || count > rest_.size()) return {};
  const auto taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

void LineReader::end() {
  if (!out_of_order_ && !rest_.empty()) bad("end", "extra_line");
}

Refusal LineReader::refusal(std::string_view rule) && {
  auto refusal = refuse(rule);
  refusal.fields = std::move(errors_);
  return refusal;
}

}  // namespace registry::text
