#pragma once

#include <iosfwd>

#include "tools/home/home_config.h"

namespace tools {

/// Asks for everything that a new server must know, in Chinese and English, and asks again for what is not good: the
/// ledger's name, region and pack, how others reach it, certificate and key (which are tried), places of anchor and
/// personal keys. An empty line takes what stands in brackets. Throws UsageError when the input ends first, after too
/// many bad answers, and when the last question is not answered with yes.
HomeConfig ask_config(std::istream& in, std::ostream& out, HomeConfig config);

}  // namespace tools
