#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "tests/fuzz/input.h"

// What the strict reader accepts has one canonical form, and reads the same from it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = crypto::read_json(fuzz::text(data, size));
  if (const auto* json = std::get_if<crypto::Json>(&read)) {
    const std::string canonical = crypto::to_jcs(*json);
    const auto again = crypto::read_canonical(canonical);
    fuzz::claim(std::holds_alternative<crypto::Json>(again) && std::get<crypto::Json>(again) == *json);
  }
  return 0;
}
