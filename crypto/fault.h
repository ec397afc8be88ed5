#pragma once

#include <stdexcept>

namespace crypto {

/// A crypto library failed at something that cannot fail for any input: out of memory, no algorithm, no randomness.
/// Foreign bytes never cause it; they are refused by a return value.
class CryptoFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace crypto
