#pragma once

#include <cstdint>

#include "registry/domain/quantity.h"

namespace registry {

/// True if `measured` differs from `expected` by more than the tolerance of the goods.
inline bool is_beyond(std::int64_t expected, std::int64_t measured, std::int64_t tolerance_ppm) {
  const std::int64_t missing = expected - measured, tolerance = ppm_of(expected, tolerance_ppm);
  return missing > tolerance || -missing > tolerance;
}

/// How far `expected - measured` can be off: both were measured.
inline std::int64_t uncertainty_of(std::int64_t expected, std::int64_t measured, std::int64_t tolerance_ppm) {
  return ppm_of(expected, tolerance_ppm) + ppm_of(measured, tolerance_ppm);
}

}  // namespace registry
