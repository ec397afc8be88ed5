#include "registry/tracing/written.h"

#include <nlohmann/json.hpp>

#include "crypto/json_text.h"
#include "registry/base/fault.h"

namespace registry {
namespace {

using Json = nlohmann::json;

/// Stored bytes were checked when they came in; what cannot be read now was damaged since.
Json read(std::string_view text) {
  Json out = Json::parse(text, nullptr, false);
  if (!out.is_object()) throw StoreFault(StoreError::corrupt, "a stored payload or outcome is no JSON object");
  return out;
}

/// Lists that are left out are empty.
const Json& list_at(const Json& object, const char* member) {
  static const Json none = Json::array();
  const auto at = object.is_object() ? object.find(member) : object.end();
  return at != object.end() && at->is_array() ? *at : none;
}

bool has_measurement(const Json& outcome, const char* change, std::string_view account, std::string_view lot) {
  const auto changes = outcome.find(change);
  if (changes == outcome.end()) return false;
  for (const Json& row : list_at(*changes, "measurement"))
    if (crypto::text_of(row, "account") == account && crypto::text_of(row, "lot") == lot) return true;
  return false;
}

}  // namespace

WrittenCondition written_condition(std::string_view payload) {
  const Json read_payload = read(payload);
  return {crypto::text_of(read_payload, "vehicle"), crypto::text_of(read_payload, "seals"),
          crypto::text_of(read_payload, "seals_intact")};
}

std::optional<std::int64_t> written_amount(std::string_view payload, std::string_view lot, BaseUnit unit) {
  const Json read_payload = read(payload);
  for (const Json& line : list_at(read_payload, "lines")) {
    if (crypto::text_of(line, "lot") != lot || !line.contains("quantity")) continue;
    const Json& written = line["quantity"];
    const auto in_unit = parse_unit(crypto::text_of(written, "unit"));
    const auto quantity = in_unit ? Quantity::parse(crypto::text_of(written, "value"), *in_unit) : std::nullopt;
    return quantity ? quantity->in(unit) : std::nullopt;
  }
  return {};
}

std::optional<std::int64_t> revealed_count(std::string_view outcome, std::string_view lot) {
  const Json read_outcome = read(outcome);
  for (const Json& line : list_at(read_outcome, "reveal")) {
    const auto counted = line.find("counted");
    if (crypto::text_of(line, "lot") == lot && counted != line.end() && counted->is_number_integer())
      return counted->get<std::int64_t>();
  }
  return {};
}

bool notes_measurement(std::string_view outcome, std::string_view account, std::string_view lot) {
  // Most entries measure nothing of the lot, and need no reading.
  if (outcome.find(lot) == std::string_view::npos || outcome.find("\"measurement\"") == std::string_view::npos)
    return false;
  const Json read_outcome = read(outcome);
  return has_measurement(read_outcome, "put", account, lot) || has_measurement(read_outcome, "set", account, lot);
}

}  // namespace registry
