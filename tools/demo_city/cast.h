#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "crypto/suite.h"

// Who and what there is in the city of the demo.
namespace tools {

using Json = nlohmann::json;

/// An agency 机关.
struct AgencyCard {
  const char *id, *name, *english, *role, *level, *region;
};
std::span<const AgencyCard> agencies();
/// County public security of a region: issues purchase and transport papers, verifies the units there.
std::string_view county_police(std::string_view region);

/// A unit 单位.
struct UnitCard {
  const char *id, *name, *english;
  /// Joined by commas.
  const char* kinds;
  const char *uscc, *region, *address;
  /// Of its first store; null for a carrier that keeps no goods.
  const char* site_kind;
  crypto::Suite suite;
};
std::span<const UnitCard> units();
const UnitCard& unit(std::string_view id);
/// Its first store.
std::string store_of(std::string_view unit);
/// Where the second store of those is that have one; null for the others.
const char* second_store_kind(std::string_view unit);
std::string second_store_of(std::string_view unit);

/// A substance 品种 of the demo.
struct GoodCard {
  const char *code, *name, *english;
  /// Classes 1, N and P1: two persons sign what happens to it.
  bool guarded = false;
  /// Weighed in grams; all others in kilograms.
  bool medicine = false;
  bool liquid = false;
};
std::span<const GoodCard> goods();
const GoodCard& good(std::string_view code);

/// Thousandths of the unit in which the substance is weighed: of a kilogram, or of a gram for medicines.
using Milli = std::int64_t;
/// {"unit": "kg", "value": "12.5"}
Json quantity(std::string_view substance, Milli amount);

/// The county whose border needs transport papers within the city as well (a key area of the policy entry).
inline constexpr const char* kKeyArea = "360321";
/// Whether goods between two regions need a transport paper.
bool needs_road_paper(std::string_view from, std::string_view to);

}  // namespace tools
