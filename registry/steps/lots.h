#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/packs.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

namespace registry {

/// Where in a payload a lot stands: in itself, or in line `index` of a list.
struct Place {
  std::string_view list = {};
  std::size_t index = 0;
  /// "/lines/3/lot", or "/lot" outside a list.
  std::string pointer(std::string_view member) const;
};

/// An amount of a lot that is already known to the registry.
struct LotLine {
  std::string lot;
  std::optional<Quantity> quantity;
  Place place;
};
LotLine read_lot_line(PayloadReader& in, Zero zero, Place place);
/// Each lot at most once.
std::vector<LotLine> read_lot_lines(PayloadReader& in, std::string_view list, Zero zero, bool optional = false);

/// Asks for a lot and for what the account holds of it.
void want_stock(const Facts& known, std::string_view account, std::string_view lot, FactKeys& keys);

/// The line with its lot, its substance, and its amount in base units.
struct LotAmount {
  const Lot* lot;
  const Substance* substance;
  std::int64_t amount;
};
/// Refuses a lot that nobody has entered, and an amount that its base unit cannot hold.
Result<LotAmount> find_lot(const Facts& facts, const RulePack& rules, const LotLine& line);
Result<std::vector<LotAmount>> find_lots(const Facts& facts, const RulePack& rules, const std::vector<LotLine>& lines);

/// A lot that comes into the registry.
struct NewLot {
  std::string id, substance;
  std::optional<Quantity> quantity;
  std::int64_t purity_ppm = 1'000'000;
  Date expiry;
  std::optional<PackSpec> pack;
  Place place;
};
/// Reads lot, substance, quantity, purity_ppm or pack, and expiry.
NewLot read_new_lot(PayloadReader& in, Place place);
void want_new_lot(const NewLot& lot, std::string_view site, FactKeys& keys);
/// The substance and amount; refuses a taken id, an unknown substance, one that is not listed yet.
struct NewAmount {
  const Substance* substance;
  std::int64_t amount;
  /// Of packaged goods.
  std::optional<Package> package = {};
};
Result<NewAmount> check_new_lot(const Facts& facts, const RulePack& rules, const NewLot& lot, Date today);

/// Where a new lot comes from and whose it is.
struct LotOrigin {
  std::string_view account, maker;
  std::string parents = {};
};
/// Enters the lot, moves its amount to the site, and notes the measurement.
void enter_lot(Outcome& out, const StepContext& context, const NewLot& lot, const NewAmount& amount,
               std::string_view site, LotOrigin origin);

/// A lot that comes of other lots of its kind, which `like` is one of: same substance, maker and package. Enters it and
/// moves its amount in from those it comes of; asks for nothing but the package of `like`.
void enter_part(const Facts& facts, Outcome& out, const StepContext& context, Lot row, const Lot& like,
                std::int64_t amount, const std::string& account);

/// A line whose goods are guarded by two persons for the act: else needs-second-signature.
Check check_two_persons(const RulePack& rules, const StepContext& context, const Substance& substance, Act act);

/// Refuses when the account holds less of the lot; says what the book holds, and to count first.
Check check_stock(const Facts& facts, std::string_view account, const LotAmount& lot, const Place& place);

/// The newest signed measurement of a lot in an account is this entry's.
void measure(const Facts& facts, Outcome& out, const StepContext& context, std::string_view account,
             std::string_view lot, std::int64_t amount, std::int64_t uncertainty = 0);

}  // namespace registry
