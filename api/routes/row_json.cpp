#include "api/routes/row_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "registry/domain/quantity.h"

namespace api {
namespace {

using namespace registry;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_list(std::string_view column) {
  return is_one_of(column, {"kinds", "substances", "parents", "keys", "deviations", "evidence"});
}

/// Columns that hold an amount, in tables that name its substance.
template <class T>
bool is_amount(std::string_view column) {
  if constexpr (requires(const T& row) { row.substance; }) {
    if (std::is_same_v<T, Consignment>) return false;
    if (std::is_same_v<T, BorderCase>)
      return is_one_of(column, {"notified", "licensed", "cleared", "moved", "confirmed"});
    if (std::is_same_v<T, ConsignmentLine>) return is_one_of(column, {"shipped", "carried", "counted"});
    return is_one_of(column, {"amount", "granted", "dispatched", "delivered", "returned", "lo", "hi", "missing",
                              "settled", "disposed"});
  }
  return false;
}

/// A difference may be minus one; everywhere else that number says "not yet".
bool may_be_negative(std::string_view column) { return is_one_of(column, {"lo", "hi", "missing", "amount"}); }

Json split(std::string_view list) {
  Json out = Json::array();
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    out.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

Json value_json(std::string_view column, const std::string& value) {
  return is_list(column) ? split(value) : Json(value);
}
Json value_json(std::string_view, Date value) { return value == Date{} ? Json() : Json(value.str()); }
Json value_json(std::string_view, UtcTime value) { return value.str(); }
template <NamedEnum E>
Json value_json(std::string_view, E value) {
  return name_of(value);
}
Json value_json(std::string_view column, std::int64_t value) {
  return value == kNone && !may_be_negative(column) ? Json() : Json(value);
}

template <class T, class M>
Json cell(const T& row, const Column<T, M>& column, const RulePack& rules) {
  const M& value = row.*(column.member);
  if constexpr (std::is_same_v<M, std::int64_t> && requires { row.substance; }) {
    // A document of a two-way check may state no amount at all.
    const bool stated = value != kNone || (may_be_negative(column.name) && !std::is_same_v<T, BorderDocument>);
    if (is_amount<T>(column.name) && stated) return amount_json(value, rules, row.substance);
  }
  if constexpr (std::is_same_v<T, BorderDocument>) {
    if (is_amount<T>(column.name)) return nullptr;
  }
  return value_json(column.name, value);
}

template <class M>
Json type_schema(std::string_view column) {
  if constexpr (std::is_same_v<M, std::int64_t>) return {{"type", {"integer", "null"}}};
  if constexpr (NamedEnum<M>) {
    Json names = Json::array();
    for (const std::string_view each : EnumNames<M>::names) names.push_back(each);
    return {{"type", "string"}, {"enum", std::move(names)}};
  }
  if constexpr (std::is_same_v<M, Date>) return {{"type", {"string", "null"}}, {"format", "date"}};
  if constexpr (std::is_same_v<M, UtcTime>) return {{"type", "string"}, {"format", "date-time"}};
  if (is_list(column)) return {{"type", "array"}, {"items", {{"type", "string"}}}};
  return {{"type", "string"}};
}

Json amount_schema() {
  return {{"type", {"object", "null"}},
          {"description", "Exact, in base units; null while it is not known or not to be known yet."},
          {"properties",
           {{"amount", {{"type", "integer"}}},
            {"unit", {{"type", "string"}, {"enum", {"mg", "ug", "pcs"}}}},
            {"text", {{"type", "string"}}}}}};
}

}  // namespace

Json amount_json(std::int64_t amount, const RulePack& rules, std::string_view substance) {
  const Substance* known = rules.substance(substance);
  const BaseUnit unit = known ? known->unit : BaseUnit::mg;
  return {{"amount", amount}, {"unit", registry::name(unit)}, {"text", format_amount(amount, unit)}};
}

template <class T>
Json row_json(const T& row, const RulePack& rules) {
  Json out = Json::object();
  each_column<T>([&](const auto& column) { out[std::string(column.name)] = cell(row, column, rules); });
  return out;
}

template <class T>
std::string row_schema() {
  Json properties = Json::object();
  each_column<T>([&](const auto& column) {
    using M = std::remove_cvref_t<decltype(std::declval<T>().*(column.member))>;
    properties[std::string(column.name)] = is_amount<T>(column.name) ? amount_schema() : type_schema<M>(column.name);
  });
  return Json{{"type", "object"}, {"properties", std::move(properties)}}.dump();
}

std::string list_schema(const std::string& row) {
  return R"({"type":"object","required":["data","next_cursor","has_more"],"properties":{"data":{"type":"array","items":)" +
         row + R"(},"next_cursor":{"type":["string","null"]},"has_more":{"type":"boolean"}}})";
}

#define TALLYSTICK_ROW(T)                               \
  template Json row_json<T>(const T&, const RulePack&); \
  template std::string row_schema<T>();
TALLYSTICK_ROW(Setting)
TALLYSTICK_ROW(Party)
TALLYSTICK_ROW(Site)
TALLYSTICK_ROW(Officer)
TALLYSTICK_ROW(Key)
TALLYSTICK_ROW(Chain)
TALLYSTICK_ROW(Permit)
TALLYSTICK_ROW(PermitLine)
TALLYSTICK_ROW(Lot)
TALLYSTICK_ROW(Balance)
TALLYSTICK_ROW(Measurement)
TALLYSTICK_ROW(Sale)
TALLYSTICK_ROW(Consignment)
TALLYSTICK_ROW(ConsignmentLine)
TALLYSTICK_ROW(Obligation)
TALLYSTICK_ROW(Finding)
TALLYSTICK_ROW(FindingNote)
TALLYSTICK_ROW(Shortage)
TALLYSTICK_ROW(Seizure)
TALLYSTICK_ROW(Stop)
TALLYSTICK_ROW(Inspection)
TALLYSTICK_ROW(Erasure)
TALLYSTICK_ROW(Correction)
TALLYSTICK_ROW(Fork)
TALLYSTICK_ROW(BorderCase)
TALLYSTICK_ROW(BorderDocument)
TALLYSTICK_ROW(BorderLink)
TALLYSTICK_ROW(BorderLicence)
TALLYSTICK_ROW(Application)
TALLYSTICK_ROW(ApplicationLine)
TALLYSTICK_ROW(Conduct)
TALLYSTICK_ROW(PersonPurchase)
TALLYSTICK_ROW(Handover)
TALLYSTICK_ROW(HandoverLine)
TALLYSTICK_ROW(Duty)
TALLYSTICK_ROW(Report)
TALLYSTICK_ROW(Named)
TALLYSTICK_ROW(Device)
#undef TALLYSTICK_ROW

}  // namespace api
