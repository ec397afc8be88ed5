#include "api/http/log_line.h"

#include "api/http/text.h"
#include "registry/base/time.h"

namespace api {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(std::string& out, unsigned char c) {
  out.append("\\u00").push_back(kHex[c >> 4]);
  out.push_back(kHex[c & 15]);
}

}  // namespace

std::string log_time() { return registry::SystemClock{}.now().str(); }

LogLine::LogLine(std::string_view event) {
  text_.reserve(320);
  text_ = "{\"time\":\"" + log_time() + "\"";
  add("event", event);
}

LogLine& LogLine::add(std::string_view name, std::string_view value) {
  key(name);
  quote(value);
  return *this;
}

LogLine& LogLine::add(std::string_view name, std::int64_t value) {
  key(name);
  text_ += std::to_string(value);
  return *this;
}

void LogLine::key(std::string_view name) { text_.append(",\"").append(name).append("\":"); }

void LogLine::quote(std::string_view value) {
  text_.push_back('"');
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte > 0x7e) {
      append_escape(text_, byte);
      continue;
    }
    if (c == '"' || c == '\\') text_.push_back('\\');
    text_.push_back(c);
  }
  text_.push_back('"');
}

}  // namespace api
