#pragma once

#include <cstdint>
#include <string>

namespace tools {

struct DemoOptions {
  /// End after the report instead of serving until SIGINT or SIGTERM.
  bool once = false;
  /// A free port is taken when this one is in use; 0 takes a free one at once.
  std::uint16_t port = 8360;
  /// Where the ledger is made; empty makes a fresh temporary folder.
  std::string data_dir = {};
};

/// Opens a new ledger, plays one month of a city through the public HTTP API, and reports from the API. Returns the
/// exit code: 0 when everything is as promised. Throws UsageError for a folder that holds a ledger already.
int run_demo(const DemoOptions& options);

}  // namespace tools
