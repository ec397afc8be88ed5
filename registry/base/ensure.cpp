#include "registry/base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace registry {

void abort_because(std::string_view reason, const char* file, int line) {
  std::fprintf(stderr, "tallystick: bug: %.*s at %s:%d\n", static_cast<int>(reason.size()), reason.data(), file, line);
  std::abort();
}

}  // namespace registry
