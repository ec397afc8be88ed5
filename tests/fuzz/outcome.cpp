#include "registry/domain/fold.h"
#include "tests/fuzz/input.h"

// Stored outcomes are read back from files that may be damaged.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  const auto keys = registry::keys_of_stored(text);
  if (keys) fuzz::claim(registry::parse_moves(text).has_value());
  return 0;
}
