#pragma once

#include <cstdint>

#include "registry/store/store.h"

namespace registry {

/// Entries of a range of the log.
inline constexpr std::int64_t kLogRange = 20'000;

/// Calls f(first, end) for one range of the log after another, so that no statement gathers many rows.
template <class F>
void each_log_range(Reader& reader, F&& f) {
  const std::int64_t size = reader.state().size;
  for (std::int64_t first = 0; first < size; first += kLogRange) f(first, first + kLogRange);
}

}  // namespace registry
