#pragma once

#include <signal.h>

namespace tools {

/// Takes SIGTERM, SIGINT and SIGHUP out of the hands of all threads. Make it before the first thread: each inherits the
/// mask.
class SignalGate {
 public:
  /// SIGPIPE is ignored from here on: a client that goes away is an error of one write, not of the process.
  SignalGate();
  /// Waits for one of them.
  int wait() const;

 private:
  sigset_t signals_{};
};

}  // namespace tools
