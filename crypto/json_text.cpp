#include "crypto/json_text.h"

#include <nlohmann/json.hpp>

namespace crypto {

std::string text_of(const nlohmann::json& object, const char* member) {
  const auto at = object.find(member);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace crypto
