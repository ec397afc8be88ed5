#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "api/http/route.h"
#include "registry/base/result.h"
#include "registry/domain/value.h"

// Query parameters of lists: how they are described and how they are read. All refuse with bad-parameter.
namespace api {

/// Empty when absent; refuses an empty or too long value: a filter that filters nothing must not look like one.
registry::Result<std::string> query_text(const Request& request, std::string_view name);

/// Refuses with the names that are allowed.
registry::Refusal not_one_of(std::string_view name, const std::vector<std::string_view>& allowed);

template <registry::NamedEnum E>
registry::Result<std::optional<E>> query_enum(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<E>();
  E value{};
  if (registry::parse_name(*text, value)) return std::optional<E>(value);
  const auto& names = registry::EnumNames<E>::names;
  return not_one_of(name, {std::begin(names), std::end(names)});
}

/// Digits of a region code, 2 to 6.
registry::Result<std::string> query_region(const Request& request);

Parameter text_parameter(std::string name, std::string description);
Parameter integer_parameter(std::string name, std::string description, bool required = false);
Parameter choice_parameter(std::string name, std::string description, const std::vector<std::string_view>& allowed);
template <registry::NamedEnum E>
Parameter choice_parameter(std::string name, std::string description) {
  const auto& names = registry::EnumNames<E>::names;
  return choice_parameter(std::move(name), std::move(description), {std::begin(names), std::end(names)});
}

}  // namespace api
