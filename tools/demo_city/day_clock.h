#pragma once

#include <atomic>
#include <cstdint>

#include "registry/base/time.h"

namespace tools {

/// A clock that is moved by hand through a month and then goes with the system's. Thread-safe.
class DayClock : public registry::Clock {
 public:
  /// Stands at the begin of work of that day.
  explicit DayClock(registry::Date first) { begin(first); }

  registry::UtcTime now() const override;
  registry::Date today() const { return registry::local_date(now()); }
  /// Eight in the morning, Asia/Shanghai.
  void begin(registry::Date day);
  void pass_minutes(std::int64_t minutes);
  /// From now on it is the system's clock.
  void run_free() { free_ = true; }

 private:
  std::atomic<std::int64_t> ms_{0};
  std::atomic<bool> free_{false};
};

}  // namespace tools
