#pragma once

#include <stdexcept>
#include <string>

namespace tools {

/// How a command ended; the same for all of them.
enum ExitCode : int {
  kGood = 0,
  /// The registry said no, or what was asked for is not there.
  kRefused = 1,
  /// A mistake on the command line or in the data folder.
  kUsage = 2,
  /// A file, port or server that cannot be opened or reached.
  kUnreachable = 3,
  /// Something is not what was signed.
  kIntegrity = 4,
};

/// What was shown contradicts what was signed or seen before. Exit code 4.
class IntegrityError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace tools
