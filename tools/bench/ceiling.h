#pragma once

#include <cstddef>

#include "crypto/suite.h"

namespace tools {

/// Signature checks a second that this machine does with nothing else: OpenSSL, one thread a core, header-sized
/// messages, about `seconds` long. What no registry with one signature an entry can pass.
std::size_t check_ceiling_per_s(crypto::Suite suite, unsigned seconds = 1);

}  // namespace tools
