#include "api/http/head.h"
#include "tests/fuzz/input.h"

// The head of a message: any bytes are refused or read, and what is read lies within its limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  api::HeadScanner scanner;
  if (scanner.scan(text) != api::HeadScanner::State::complete) return 0;
  const api::HeadLimits limits;
  const auto head = api::parse_head(text.substr(0, scanner.head_bytes()), limits);
  if (head) fuzz::claim(head->path.size() + head->query.size() <= limits.target_bytes_max);
  return 0;
}
