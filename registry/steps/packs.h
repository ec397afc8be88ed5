#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/rows.h"
#include "registry/rules/pack.h"
#include "registry/steps/payload.h"

// Packaged goods: tablets, ampoules, patches in strips and boxes.
namespace registry {

/// How the package of a new lot is made up, as its author states it.
struct PackSpec {
  std::string form, salt, code;
  std::optional<Quantity> strength;
  /// Pieces in a strip and in a box; 0 where there is no such level.
  std::int64_t strip = 0, box = 0;
};
/// Reads `pack`: {"form","salt","strength","per_strip"?,"per_box"?,"code"?}. Nothing when it is not there.
std::optional<PackSpec> read_pack(PayloadReader& in);

/// What the statement comes to.
struct Package {
  Pack row;
  /// Base units in one piece. For medicines the base, rounded once to a whole microgram; for precursors the salt
  /// itself, whose share of base is the purity.
  std::int64_t piece = 0;
  std::int64_t purity_ppm = 1'000'000;
};
/// Refuses a salt that the pack has no factor for, and a strength that the base unit cannot hold. `pointer` is that of
/// the package.
Result<Package> check_package(const RulePack& rules, const PackSpec& spec, const Substance& substance,
                              std::string_view lot, const std::string& pointer);

/// The quantity in base units: masses as they stand, pieces, strips and boxes by what the lot's package holds. Refuses
/// what is not exact.
Result<std::int64_t> check_goods_amount(const Quantity& quantity, const Substance& substance, const Lot& lot,
                                        std::string pointer);

/// Packaged goods move by whole pieces: else pieces-not-whole.
Check check_whole_pieces(const Lot& lot, const Substance& substance, std::int64_t amount, std::string pointer);

/// "20 pcs" for packaged goods, "4.2 kg" for others.
std::string format_goods(const Lot& lot, const Substance& substance, std::int64_t amount);

}  // namespace registry
