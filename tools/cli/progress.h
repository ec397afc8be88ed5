#pragma once

#include <cstdint>
#include <string_view>

namespace tools {

/// One line on standard error that says how far a long check is; only when a person watches.
class ProgressLine {
 public:
  ProgressLine();
  /// Wipes the line.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(std::string_view part, std::uint64_t done, std::uint64_t total);

 private:
  bool watched_, shown_ = false;
};

}  // namespace tools
