#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace api {

/// One flat JSON object on one line. Every byte outside printable ASCII is escaped, so no value can forge a second line
/// or steer a terminal.
class LogLine {
 public:
  explicit LogLine(std::string_view event);
  LogLine& add(std::string_view key, std::string_view value);
  LogLine& add(std::string_view key, std::int64_t value);
  std::string str() const { return text_ + "}"; }

 private:
  void key(std::string_view key);
  void quote(std::string_view value);
  std::string text_;
};

/// Now as 2026-01-31T08:15:30.123Z.
std::string log_time();

}  // namespace api
