#pragma once

#include <cstdint>

namespace registry {

/// Standard uncertainty of a sum of measured amounts. A tolerance is a limit of error, all errors within it alike
/// likely: its variance is a third of its square (GUM 4.3.7), and variances add.
class Uncertainty {
 public:
  explicit Uncertainty(std::int64_t tolerance_ppm) : ppm_(tolerance_ppm) {}
  void add(std::int64_t amount);
  /// Rounded up.
  std::int64_t sigma() const;

 private:
  __extension__ using Wide = unsigned __int128;
  std::int64_t ppm_;
  Wide squares_ = 0;
};

}  // namespace registry
