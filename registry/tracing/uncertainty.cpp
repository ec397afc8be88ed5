#include "registry/tracing/uncertainty.h"

#include "registry/domain/quantity.h"

namespace registry {

void Uncertainty::add(std::int64_t amount) {
  const auto tolerance = static_cast<Wide>(ppm_of(amount < 0 ? -amount : amount, ppm_));
  squares_ += tolerance * tolerance;
}

std::int64_t Uncertainty::sigma() const {
  const Wide variance = (squares_ + 2) / 3;
  std::uint64_t low = 0, high = std::uint64_t{1} << 62;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (Wide{middle} * middle >= variance) high = middle;
    else low = middle + 1;
  }
  return static_cast<std::int64_t>(low);
}

}  // namespace registry
