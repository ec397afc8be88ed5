#include "registry/log/leaf.h"

#include "tests/fuzz/input.h"

// A leaf that is read has one spelling.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  if (const auto leaf = registry::parse_leaf(text)) fuzz::claim(registry::format_leaf(*leaf) == text);
  return 0;
}
