#pragma once

#include <chrono>
#include <string>

#include "tools/demo_city/month.h"

namespace tools {

/// Tells how far the month is: one line that is written anew on a terminal, a line a day elsewhere.
class News {
 public:
  News();
  ~News();
  News(const News&) = delete;
  News& operator=(const News&) = delete;
  /// False when SIGINT or SIGTERM waits.
  bool tell(const DayNews& day);

 private:
  bool watched_, open_ = false;
};

/// How long something takes.
class Stopwatch {
 public:
  /// "12.3 s"
  std::string seconds() const;

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace tools
