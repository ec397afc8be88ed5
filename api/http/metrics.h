#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace api {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Durations in fixed buckets from 0.5 ms to 10 s.
class Histogram {
 public:
  static constexpr std::array<std::uint64_t, 14> kBoundsUs{500,       1'000,     2'500,     5'000,     10'000,
                                                           25'000,    50'000,    100'000,   250'000,   500'000,
                                                           1'000'000, 2'500'000, 5'000'000, 10'000'000};
  void observe_us(std::uint64_t us);
  /// Observations in bucket `i` alone; the last is everything above the bounds.
  std::uint64_t bucket(std::size_t i) const { return buckets_.at(i).load(std::memory_order_relaxed); }
  std::uint64_t sum_us() const { return sum_us_.load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::uint64_t>, kBoundsUs.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_us_{0};
};

/// All metrics of the process, printed in the Prometheus text format 0.0.4. Thread-safe; a handle stays valid as long
/// as the registry. Labels must never hold ids of people, parties or entries.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  /// The same name and labels give the same counter. Throws std::invalid_argument for a name or label that Prometheus
  /// does not allow, or a name already taken by another kind.
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, const Labels& labels = {});
  /// `read` is called at each text(); it must not call back into this registry.
  void gauge(std::string_view name, std::string_view help, std::function<std::int64_t()> read,
             const Labels& labels = {});
  /// Drops a gauge whose source goes away.
  void remove_gauge(std::string_view name, const Labels& labels = {});

  std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace api
