#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "registry/base/ensure.h"
#include "registry/base/time.h"

namespace registry {

/// What a column of a read table or a member of an outcome can hold. There are no floats and no nulls.
using Value = std::variant<std::int64_t, std::string>;
/// The values of one row, in the order of its columns.
using Row = std::vector<Value>;

/// Names of the enumerators of E, in order; each enum that stands in a row specialises it with
/// `static constexpr std::string_view names[] = {...};`.
template <class E>
struct EnumNames;

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires {
  EnumNames<E>::names;
};

template <NamedEnum E>
constexpr std::string_view name_of(E e) {
  return EnumNames<E>::names[static_cast<std::size_t>(e)];
}

/// The enumerator of that name; false when there is none.
template <NamedEnum E>
bool parse_name(std::string_view text, E& out) {
  std::size_t i = 0;
  for (std::string_view n : EnumNames<E>::names) {
    if (n == text) return out = static_cast<E>(i), true;
    ++i;
  }
  return false;
}

inline Value to_value(std::int64_t v) { return v; }
inline Value to_value(const std::string& v) { return v; }
inline Value to_value(Date v) { return v.str(); }
inline Value to_value(UtcTime v) { return v.ms; }
template <NamedEnum E>
Value to_value(E v) {
  return std::string(name_of(v));
}

/// Reads back what to_value wrote; false for anything else, for instance a damaged row.
inline bool from_value(const Value& v, std::int64_t& out) {
  if (const auto* i = std::get_if<std::int64_t>(&v)) return out = *i, true;
  return false;
}
inline bool from_value(const Value& v, std::string& out) {
  if (const auto* s = std::get_if<std::string>(&v)) return out = *s, true;
  return false;
}
inline bool from_value(const Value& v, Date& out) {
  const auto* s = std::get_if<std::string>(&v);
  const auto date = s ? Date::parse(*s) : std::nullopt;
  if (date) out = *date;
  return date.has_value();
}
inline bool from_value(const Value& v, UtcTime& out) { return from_value(v, out.ms); }
template <NamedEnum E>
bool from_value(const Value& v, E& out) {
  const auto* s = std::get_if<std::string>(&v);
  return s && parse_name(*s, out);
}

}  // namespace registry
