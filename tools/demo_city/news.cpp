#include "tools/demo_city/news.h"

#include <signal.h>
#include <unistd.h>

#include <iostream>

namespace tools {
namespace {

constexpr std::string_view kWipe = "\r\033[K";

bool is_asked_to_end() {
  sigset_t waiting{};
  ::sigpending(&waiting);
  return ::sigismember(&waiting, SIGINT) == 1 || ::sigismember(&waiting, SIGTERM) == 1;
}

}  // namespace

News::News() : watched_(::isatty(STDOUT_FILENO) == 1) {}

News::~News() {
  if (open_) std::cout << kWipe << std::flush;
}

bool News::tell(const DayNews& day) {
  if (watched_) std::cout << kWipe;
  std::cout << "day " << (day.day < 10 ? " " : "") << day.day << " of " << kMonthDays << "  " << day.date.str() << "  "
            << day.entries << " entries, " << day.deals << " deals" << (day.remark.empty() ? "" : "  ") << day.remark;
  open_ = watched_ && day.remark.empty();
  if (!open_) std::cout << '\n';
  std::cout << std::flush;
  return !is_asked_to_end();
}

std::string Stopwatch::seconds() const {
  using namespace std::chrono;
  const auto tenths = duration_cast<milliseconds>(steady_clock::now() - start_).count() / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

}  // namespace tools
