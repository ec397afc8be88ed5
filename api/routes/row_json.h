#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "registry/domain/rows.h"
#include "registry/rules/pack.h"

namespace api {

/// {"amount": 1200000, "unit": "mg", "text": "1.2 kg"}; every amount of every answer is made here. The unit is the base
/// unit of the substance.
Json amount_json(std::int64_t amount, const registry::RulePack& rules, std::string_view substance);

/// A row of a read table as people see it: amounts as above, times and dates as text, comma lists as arrays, null for
/// what is not there yet. Defined for every row type.
template <class T>
Json row_json(const T& row, const registry::RulePack& rules);

/// The JSON Schema of row_json's answer, as text.
template <class T>
std::string row_schema();

/// {"data": [...], "next_cursor", "has_more"} of such rows.
std::string list_schema(const std::string& row);
template <class T>
std::string list_schema() {
  return list_schema(row_schema<T>());
}

}  // namespace api
