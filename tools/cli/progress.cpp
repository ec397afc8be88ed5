#include "tools/cli/progress.h"

#include <unistd.h>

#include <iostream>

namespace tools {
namespace {

constexpr std::string_view kWipe = "\r\033[K";

}  // namespace

ProgressLine::ProgressLine() : watched_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::cerr << kWipe << std::flush;
}

void ProgressLine::show(std::string_view part, std::uint64_t done, std::uint64_t total) {
  if (!watched_ || total == 0) return;
  std::cerr << kWipe << part << ": " << done << " of " << total << " (" << done * 100 / total << " %)" << std::flush;
  shown_ = true;
}

}  // namespace tools
