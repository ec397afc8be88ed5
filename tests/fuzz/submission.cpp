#include "registry/log/submission.h"

#include "tests/fuzz/input.h"

// The door of the registry: any bytes are read or refused, and what is read can be sent again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const auto entry = registry::parse_submission(fuzz::text(data, size)))
    fuzz::claim(registry::parse_submission(registry::format_submission(*entry)).has_value());
  return 0;
}
