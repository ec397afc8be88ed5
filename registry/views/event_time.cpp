#include "registry/views/event_time.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace registry {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kDaySuffix = "_on";
constexpr const char* kDiscovered = "discovered";
constexpr std::string_view kCorrection = "entry.correct";

/// The day, as its last moment, or the time that a member names.
std::optional<UtcTime> named_time(const std::string& name, const Json& value) {
  if (!value.is_string()) return {};
  const std::string& text = value.get_ref<const std::string&>();
  if (name == kDiscovered) return UtcTime::parse(text);
  const auto day = name.ends_with(kDaySuffix) ? Date::parse(text) : std::nullopt;
  return day ? std::optional(end_of(*day).plus_ms(-1)) : std::nullopt;
}

/// Most payloads that name no day need no reading.
bool may_name_a_day(std::string_view payload) {
  return payload.find("_on\":") != payload.npos || payload.find("\"discovered\":") != payload.npos;
}

}  // namespace

UtcTime claimed_event(const Header& header, std::string_view payload, UtcTime received) {
  const UtcTime claimed = std::min(header.time, received);
  if (!may_name_a_day(payload)) return claimed;
  const Json json = Json::parse(payload, nullptr, false);
  if (!json.is_object()) return claimed;
  std::optional<UtcTime> latest;
  for (const auto& [name, value] : json.items())
    if (const auto time = named_time(name, value); time && (!latest || *time > *latest)) latest = time;
  return latest ? std::min(claimed, *latest) : claimed;
}

std::optional<std::int64_t> corrected_entry(const Header& header, std::string_view payload) {
  if (header.type != kCorrection) return {};
  const Json json = Json::parse(payload, nullptr, false);
  const auto at = json.is_object() ? json.find("entry") : json.end();
  if (!json.is_object() || at == json.end() || !at->is_number_integer()) return {};
  return at->get<std::int64_t>();
}

}  // namespace registry
