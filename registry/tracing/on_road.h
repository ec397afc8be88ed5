#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/rules/pack.h"
#include "registry/store/store.h"

namespace registry {

/// Goods that a consignment still holds in the book.
struct OnRoad {
  Consignment head;
  std::string lot, substance;
  /// Still to come.
  std::int64_t travelling = 0;
  /// Counted as missing, neither found nor reported lost.
  std::int64_t missing = 0;
  /// Against whom the missing amount is held; empty without one.
  std::string custodian;
};

/// All that is on the road now, dispatched before the index `before`. Empty texts do not filter.
std::vector<OnRoad> goods_on_road(Reader& reader, const RulePack& rules, const std::string& party,
                                  const std::string& substance, std::int64_t before);

}  // namespace registry
