#include "crypto/json_reader.h"

#include <algorithm>

#include "crypto/utf8.h"

namespace crypto {

namespace {

// The reader calls itself once a level: above this no limit is honoured, so that no caller can offer up the stack.
constexpr int kDepthCeiling = 1000;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string escape_token(std::string_view key) {
  std::string token = "/";
  for (char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

}  // namespace

JsonReader::JsonReader(std::string_view bytes, const JsonLimits& limits) : bytes_(bytes), limits_(limits) {}

bool JsonReader::fail(const char* code, std::size_t offset, const char* detail) {
  error_ = {code, "", offset, detail};
  return false;
}

bool JsonReader::fail_here(const char* detail) {
  const bool malformed = !at_end() && utf8_length(bytes_, at_) == 0;
  if (malformed) return fail("bad_utf8", at_, "The text is not valid UTF-8.");
  return fail("bad_syntax", at_, at_end() ? "The document ends too early." : detail);
}

bool JsonReader::in_member(std::string_view key) {
  error_.pointer.insert(0, escape_token(key));
  return false;
}

void JsonReader::skip_blanks() {
  while (!at_end()) {
    const char c = bytes_[at_];
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return;
    ++at_;
  }
}

bool JsonReader::read_document(Json& value) {
  if (bytes_.size() > limits_.bytes_max) return fail("too_long", limits_.bytes_max, "The document is too long.");
  if (bytes_.starts_with(kByteOrderMark)) return fail("bom", 0, "A byte order mark stands before the document.");
  skip_blanks();
  if (!read_value(value, 0)) return false;
  skip_blanks();
  if (at_end()) return true;
  return fail("trailing_bytes", at_, "Something follows the document.");
}

bool JsonReader::read_value(Json& value, int depth) {
  switch (peek()) {
    case '{':
      return read_object(value, depth + 1);
    case '[':
      return read_array(value, depth + 1);
    case '"':
      value = Json::value_t::string;
      return read_string(value.get_ref<std::string&>());
    case 't':
      return read_literal(value, "true", true);
    case 'f':
      return read_literal(value, "false", false);
    case 'n':
      return read_literal(value, "null", nullptr);
    default:
      return read_number(value);
  }
}

bool JsonReader::read_literal(Json& value, std::string_view word, Json literal) {
  if (bytes_.substr(at_, word.size()) != word) return fail_here("Here is no JSON value.");
  at_ += word.size();
  value = std::move(literal);
  return true;
}

bool JsonReader::read_separator(char close, bool& more) {
  skip_blanks();
  const char c = peek();
  if (c != ',' && c != close) return fail_here("A comma or the end of the container is missing.");
  ++at_;
  more = c == ',';
  return true;
}

bool JsonReader::read_object(Json& value, int depth) {
  if (depth > std::min(limits_.depth_max, kDepthCeiling)) {
    return fail("too_deep", at_, "Containers are nested too deeply.");
  }
  value = Json::object();
  auto& members = value.get_ref<Json::object_t&>();
  ++at_;
  skip_blanks();
  bool more = peek() != '}';
  if (!more) ++at_;
  while (more) {
    skip_blanks();
    if (!read_member(members, depth) || !read_separator('}', more)) return false;
  }
  return true;
}

bool JsonReader::read_member(Json::object_t& members, int depth) {
  const std::size_t start = at_;
  if (peek() != '"') return fail_here("The name of a member is missing.");
  std::string key;
  if (!read_string(key)) return false;
  const std::size_t count = members.size();
  // Canonical documents come in order: with the end as hint each member is placed without a search.
  const auto member = members.emplace_hint(members.end(), std::move(key), nullptr);
  if (members.size() == count) {
    fail("duplicate_key", start, "A name occurs twice in one object.");
    return in_member(member->first);
  }
  skip_blanks();
  if (peek() != ':') return fail_here("A colon is missing.");
  ++at_;
  skip_blanks();
  return read_value(member->second, depth) || in_member(member->first);
}

bool JsonReader::read_array(Json& value, int depth) {
  if (depth > std::min(limits_.depth_max, kDepthCeiling)) {
    return fail("too_deep", at_, "Containers are nested too deeply.");
  }
  value = Json::array();
  auto& elements = value.get_ref<Json::array_t&>();
  ++at_;
  skip_blanks();
  bool more = peek() != ']';
  if (!more) ++at_;
  while (more) {
    skip_blanks();
    if (!read_value(elements.emplace_back(), depth)) return in_member(std::to_string(elements.size() - 1));
    if (!read_separator(']', more)) return false;
  }
  return true;
}

}  // namespace crypto
