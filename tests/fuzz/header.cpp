#include "registry/log/header.h"

#include "tests/fuzz/input.h"

// A header that is read has one spelling.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  if (const auto header = registry::parse_header(text)) fuzz::claim(registry::format_header(*header) == text);
  return 0;
}
