#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/domain/quantity.h"

namespace registry {

/// What an author wrote about a consignment, read from the payload; empty where nothing is said.
struct WrittenCondition {
  std::string vehicle, seals;
  /// yes, no, none.
  std::string seals_intact;
};
WrittenCondition written_condition(std::string_view payload);

/// What an author wrote in "lines" as the amount of a lot, in the base unit; nothing when it named none.
std::optional<std::int64_t> written_amount(std::string_view payload, std::string_view lot, BaseUnit unit);

/// What a stored outcome revealed to the receiver as its count of a lot; nothing when it revealed none.
std::optional<std::int64_t> revealed_count(std::string_view outcome, std::string_view lot);

/// True if the outcome notes a measurement of the lot in the account.
bool notes_measurement(std::string_view outcome, std::string_view account, std::string_view lot);

}  // namespace registry
