#pragma once

#include <catch2/catch.hpp>
#include <string_view>

#include "registry/rules/pack.h"

/// Loaded once for all tests; it is immutable.
inline const registry::RulePack& pack() {
  static const registry::RulePack loaded = registry::RulePack::load();
  return loaded;
}

inline const registry::Substance& substance(std::string_view code) {
  const auto* found = pack().substance(code);
  INFO(code);
  REQUIRE(found);
  return *found;
}

inline const registry::PermitKind& kind(std::string_view code) {
  const auto* found = pack().permit_kind(code);
  INFO(code);
  REQUIRE(found);
  return *found;
}
