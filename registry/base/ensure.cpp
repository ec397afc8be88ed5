#include "registry/base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace registry {

void abort_because(std::string_view reason, std::source_location where) {
  std::fprintf(stderr, "tallystick: bug: %.*s at %s:%u\n", static_cast<int>(reason.size()), reason.data(),
               where.file_name(), where.line());
  std::abort();
}

}  // namespace registry
