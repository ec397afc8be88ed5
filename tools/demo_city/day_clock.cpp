#include "tools/demo_city/day_clock.h"

namespace tools {
namespace {

constexpr std::int64_t kMinuteMs = 60'000, kMorningMs = 8 * 60 * kMinuteMs;

}  // namespace

registry::UtcTime DayClock::now() const { return free_ ? registry::SystemClock().now() : registry::UtcTime{ms_}; }

void DayClock::begin(registry::Date day) { ms_ = registry::end_of(day.plus_days(-1)).plus_ms(kMorningMs).ms; }

void DayClock::pass_minutes(std::int64_t minutes) { ms_ += minutes * kMinuteMs; }

}  // namespace tools
