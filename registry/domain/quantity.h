#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace registry {

/// The unit in which amounts of a substance are booked: mg for precursors, ug for medicines, pieces for packaged goods.
enum class BaseUnit { mg, ug, pcs };

/// Units a quantity may be written in. Pieces, strips and boxes are packages; what a lot's package holds is for the lot
/// to say.
enum class Unit { t, kg, g, mg, ug, pcs, strip, box };

std::string_view name(BaseUnit unit);
std::string_view name(Unit unit);
std::optional<Unit> parse_unit(std::string_view text);

/// A written quantity: decimal digits without a point, how many of them stand behind it, and the unit.
class Quantity {
 public:
  /// Plain decimal text: digits, at most one point with digits on both sides, no sign, exponent, blank or needless
  /// leading zero, at most 16 digits in all. Zero is a quantity.
  static std::optional<Quantity> parse(std::string_view value, Unit unit);

  /// The amount in whole base units; nothing when it has more digits than the base unit can hold, is another kind of
  /// unit, or is above limits::kAmountMax.
  std::optional<std::int64_t> in(BaseUnit base) const;
  /// The number of its own unit, when it is a whole one.
  std::optional<std::int64_t> whole() const;
  bool is_zero() const { return digits_ == 0; }
  Unit unit() const { return unit_; }
  /// "12.50 kg"
  std::string str() const;

 private:
  Quantity(std::int64_t digits, int scale, Unit unit) : digits_(digits), scale_(scale), unit_(unit) {}
  std::int64_t digits_;
  int scale_;
  Unit unit_;
};

/// For people: 417290 mg is "417.29 g", 1200000 mg "1.2 kg", 12 pcs "12 pcs". Exact, may be negative.
std::string format_amount(std::int64_t amount, BaseUnit base);

/// amount * ppm / 1,000,000 rounded up, exact in between.
std::int64_t ppm_of(std::int64_t amount, std::int64_t ppm);

}  // namespace registry
