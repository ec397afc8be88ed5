#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tools {

/// What one connection sends, in order: whole HTTP requests, made before the clock starts.
struct Script {
  std::vector<std::string> requests;
  /// Entries in each request.
  std::size_t entries_each = 1;
};

struct LoadResult {
  std::size_t requests = 0, entries = 0;
  /// Answers that were not 2xx, or lines of a batch that were refused.
  std::size_t refused = 0;
  std::uint64_t elapsed_us = 0;
  /// Sorted, one a request.
  std::vector<std::uint32_t> latencies_us;
  /// The first answer that was refused, for people.
  std::string first_refusal;

  double entries_per_s() const;
  std::uint32_t percentile_us(unsigned percent) const;
};

/// Sends every script on a keep-alive connection of its own to 127.0.0.1:port, all at once from one thread, one request
/// in flight on each, until all are answered or `seconds_max` have passed. Throws std::runtime_error when a connection
/// breaks.
LoadResult run_load(std::uint16_t port, const std::vector<Script>& scripts, unsigned seconds_max);

}  // namespace tools
