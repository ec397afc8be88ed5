#include "api/http/structured_field.h"

#include <algorithm>

#include "crypto/encoding.h"

namespace api {
namespace {

constexpr std::size_t kIntegerDigitsMax = 15, kNameBytesMax = 64;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads from the left; each take_ gives nothing and leaves the rest undefined when what it wants is not there.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  bool is_done() const { return rest_.empty(); }
  bool is_next(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool take(char c) {
    if (!is_next(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool skip_blanks() {
    const auto end = std::min(rest_.find_first_not_of(' '), rest_.size());
    rest_.remove_prefix(end);
    return end != 0;
  }
  void skip_white() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

  std::optional<std::string> take_name() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), [](char c) {
      return is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '*';
    });
    const std::string name(rest_.begin(), end);
    if (name.empty() || name.size() > kNameBytesMax || !(is_lower(name[0]) || name[0] == '*')) return {};
    rest_.remove_prefix(name.size());
    return name;
  }

  std::optional<std::string> take_string() {
    if (!take('"')) return {};
    std::string out;
    while (!rest_.empty() && rest_.front() != '"') {
      const bool escaped = take('\\');
      if (rest_.empty() || rest_.front() < 0x20 || rest_.front() > 0x7e) return {};
      if (escaped && rest_.front() != '"' && rest_.front() != '\\') return {};
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    if (!take('"')) return {};
    return out;
  }

  std::optional<std::int64_t> take_integer() {
    const bool negative = take('-');
    const auto size = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    if (size == 0 || size > kIntegerDigitsMax) return {};
    std::int64_t out = 0;
    for (const char c : rest_.substr(0, size)) out = out * 10 + (c - '0');
    rest_.remove_prefix(size);
    return negative ? -out : out;
  }

  std::optional<std::string> take_bytes() {
    if (!take(':')) return {};
    const auto end = rest_.find(':');
    if (end == std::string_view::npos) return {};
    auto out = crypto::parse_base64(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return out;
  }

 private:
  std::string_view rest_;
};

bool take_components(FieldReader& reader, CoveredList& out) {
  if (!reader.take('(')) return false;
  reader.skip_blanks();
  while (!reader.take(')')) {
    auto component = reader.take_string();
    if (!component) return false;
    out.components.push_back(std::move(*component));
    if (!reader.skip_blanks() && !reader.is_next(')')) return false;
  }
  return true;
}

std::optional<CoveredList::Value> take_value(FieldReader& reader) {
  if (reader.is_next('"')) {
    auto text = reader.take_string();
    if (!text) return {};
    return CoveredList::Value(std::move(*text));
  }
  const auto number = reader.take_integer();
  if (!number) return {};
  return CoveredList::Value(*number);
}

bool take_parameters(FieldReader& reader, CoveredList& out) {
  while (reader.take(';')) {
    reader.skip_blanks();
    const auto name = reader.take_name();
    if (!name || !reader.take('=')) return false;
    const bool is_second = std::any_of(out.parameters.begin(), out.parameters.end(),
                                       [&](const auto& each) { return each.first == *name; });
    auto value = take_value(reader);
    if (!value || is_second) return false;
    out.parameters.emplace_back(*name, std::move(*value));
  }
  return true;
}

template <class T>
const T* parameter(const CoveredList& list, std::string_view name) {
  for (const auto& [each, value] : list.parameters)
    if (each == name) return std::get_if<T>(&value);
  return nullptr;
}

}  // namespace

const std::string* CoveredList::text(std::string_view name) const { return parameter<std::string>(*this, name); }
const std::int64_t* CoveredList::number(std::string_view name) const { return parameter<std::int64_t>(*this, name); }

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string CoveredList::str() const {
  std::string out = "(";
  for (const std::string& each : components) out.append(out.size() == 1 ? "" : " ").append(quoted(each));
  out += ')';
  for (const auto& [name, value] : parameters) {
    const auto* number = std::get_if<std::int64_t>(&value);
    out.append(";").append(name).append("=");
    out.append(number ? std::to_string(*number) : quoted(std::get<std::string>(value)));
  }
  return out;
}

std::optional<std::pair<std::string, CoveredList>> parse_covered(std::string_view field) {
  FieldReader reader(field);
  reader.skip_white();
  auto label = reader.take_name();
  CoveredList list;
  if (!label || !reader.take('=') || !take_components(reader, list) || !take_parameters(reader, list)) return {};
  reader.skip_white();
  if (!reader.is_done()) return {};
  return std::pair(std::move(*label), std::move(list));
}

std::optional<std::map<std::string, std::string>> parse_byte_sequences(std::string_view field) {
  FieldReader reader(field);
  std::map<std::string, std::string> out;
  do {
    reader.skip_white();
    auto name = reader.take_name();
    if (!name || !reader.take('=')) return {};
    auto bytes = reader.take_bytes();
    if (!bytes || !out.emplace(std::move(*name), std::move(*bytes)).second) return {};
    reader.skip_white();
  } while (reader.take(','));
  if (!reader.is_done()) return {};
  return out;
}

}  // namespace api
