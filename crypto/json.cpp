#include "crypto/json.h"

#include <algorithm>

#include "crypto/json_reader.h"

namespace crypto {

std::variant<Json, JsonError> read_json(std::string_view bytes, const JsonLimits& limits) {
  JsonReader reader(bytes, limits);
  std::variant<Json, JsonError> answer;
  if (!reader.read_document(std::get<Json>(answer))) answer = std::move(reader).error();
  return answer;
}

std::variant<Json, JsonError> read_canonical(std::string_view bytes, const JsonLimits& limits) {
  std::variant<Json, JsonError> answer = read_json(bytes, limits);
  const Json* value = std::get_if<Json>(&answer);
  if (value == nullptr) return answer;
  const std::string canonical = to_jcs(*value);
  if (canonical == bytes) return answer;
  const auto [ours, theirs] = std::mismatch(canonical.begin(), canonical.end(), bytes.begin(), bytes.end());
  const auto offset = static_cast<std::size_t>(theirs - bytes.begin());
  return JsonError{"not_canonical", "", offset, "The document is not in the canonical form of RFC 8785."};
}

}  // namespace crypto
