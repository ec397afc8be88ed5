#include "tools/cli/signal_gate.h"

namespace tools {

SignalGate::SignalGate() {
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, SIGTERM);
  ::sigaddset(&signals_, SIGINT);
  ::sigaddset(&signals_, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

int SignalGate::wait() const {
  int signal = 0;
  ::sigwait(&signals_, &signal);
  return signal;
}

}  // namespace tools
