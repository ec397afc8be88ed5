#pragma once

#include "tools/bench/bench.h"

namespace tools {

/// What the rules cost: the same traffic under options.pack and options.compare, run by run in turns (AB BA AB ...) so
/// that whatever else the machine does strikes both. Prints each round, the median ratio of their rates, and the ratio
/// of the server's processor time for an entry, which other load disturbs less. 0 when no entry was refused.
int run_comparison(const BenchOptions& options);

}  // namespace tools
