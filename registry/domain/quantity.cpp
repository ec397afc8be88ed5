#include "registry/domain/quantity.h"

#include "registry/base/limits.h"

namespace registry {
namespace {

__extension__ typedef __int128 Wide;

constexpr int kDigitsMax = 16;
constexpr std::int64_t kMillion = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Power of ten of a mass unit over the microgram; nothing for pieces.
std::optional<int> exponent(Unit unit) {
  switch (unit) {
    case Unit::t:
      return 12;
    case Unit::kg:
      return 9;
    case Unit::g:
      return 6;
    case Unit::mg:
      return 3;
    case Unit::ug:
      return 0;
    case Unit::pcs:
    case Unit::strip:
    case Unit::box:
      return {};
  }
  return {};
}

Unit as_unit(BaseUnit base) {
  switch (base) {
    case BaseUnit::mg:
      return Unit::mg;
    case BaseUnit::ug:
      return Unit::ug;
    case BaseUnit::pcs:
      return Unit::pcs;
  }
  return Unit::pcs;
}

/// How many powers of ten lie between the two; nothing when one is a mass and the other a number of pieces.
std::optional<int> steps_between(Unit unit, Unit base) {
  if (unit == base) return 0;
  const auto a = exponent(unit), b = exponent(base);
  if (!a || !b) return {};
  return *a - *b;
}

Wide power_of_ten(int n) {
  Wide power = 1;
  for (int i = 0; i < n; ++i) power *= 10;
  return power;
}

/// digits / 10^scale as text, all `scale` places shown.
std::string decimal(std::uint64_t digits, int scale) {
  std::string text = std::to_string(digits);
  const auto places = static_cast<std::size_t>(scale);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  if (places) text.insert(text.size() - places, 1, '.');
  return text;
}

void drop_trailing_zeros(std::string& decimal) {
  if (decimal.find('.') == std::string::npos) return;
  decimal.erase(decimal.find_last_not_of('0') + 1);
  if (decimal.back() == '.') decimal.pop_back();
}

/// The largest unit of which there is at least one, so that people read few zeros.
Unit unit_for_people(std::uint64_t amount, BaseUnit base) {
  for (Unit unit : {Unit::t, Unit::kg, Unit::g, Unit::mg}) {
    const auto steps = steps_between(unit, as_unit(base));
    if (steps && *steps >= 0 && amount >= power_of_ten(*steps)) return unit;
  }
  return as_unit(base);
}

/// Digits and point in the right places: 0, 12, 0.5, 12.50.
bool is_plain_decimal(std::string_view value) {
  const auto point = value.find('.');
  const auto whole = value.substr(0, point);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  if (point != std::string_view::npos && point + 1 == value.size()) return false;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (i != point && !is_digit(value[i])) return false;
  return true;
}

}  // namespace

std::string_view name(BaseUnit unit) { return name(as_unit(unit)); }

std::string_view name(Unit unit) {
  switch (unit) {
    case Unit::t:
      return "t";
    case Unit::kg:
      return "kg";
    case Unit::g:
      return "g";
    case Unit::mg:
      return "mg";
    case Unit::ug:
      return "ug";
    case Unit::pcs:
      return "pcs";
    case Unit::strip:
      return "strip";
    case Unit::box:
      return "box";
  }
  return "";
}

std::optional<Unit> parse_unit(std::string_view text) {
  for (Unit unit : {Unit::t, Unit::kg, Unit::g, Unit::mg, Unit::ug, Unit::pcs, Unit::strip, Unit::box})
    if (text == name(unit)) return unit;
  return {};
}

std::optional<Quantity> Quantity::parse(std::string_view value, Unit unit) {
  if (value.size() > kDigitsMax + 1 || !is_plain_decimal(value)) return {};
  const auto point = value.find('.');
  const bool has_point = point != std::string_view::npos;
  if (value.size() - has_point > kDigitsMax) return {};
  std::int64_t digits = 0;
  for (char c : value)
    if (c != '.') digits = digits * 10 + (c - '0');
  return Quantity(digits, has_point ? static_cast<int>(value.size() - point - 1) : 0, unit);
}

std::optional<std::int64_t> Quantity::in(BaseUnit base) const {
  const auto steps = steps_between(unit_, as_unit(base));
  if (!steps) return {};
  const int shift = *steps - scale_;
  Wide amount = digits_;
  if (shift >= 0) {
    amount *= power_of_ten(shift);
  } else {
    const Wide divisor = power_of_ten(-shift);
    if (amount % divisor != 0) return {};
    amount /= divisor;
  }
  if (amount > limits::kAmountMax) return {};
  return static_cast<std::int64_t>(amount);
}

std::optional<std::int64_t> Quantity::whole() const {
  const auto divisor = static_cast<std::int64_t>(power_of_ten(scale_));
  if (digits_ % divisor != 0) return {};
  return digits_ / divisor;
}

std::string Quantity::str() const {
  return decimal(static_cast<std::uint64_t>(digits_), scale_) + " " + std::string(name(unit_));
}

std::string format_amount(std::int64_t amount, BaseUnit base) {
  const bool negative = amount < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
  const Unit unit = unit_for_people(size, base);
  std::string text = decimal(size, *steps_between(unit, as_unit(base)));
  drop_trailing_zeros(text);
  return (negative ? "-" : "") + text + " " + std::string(name(unit));
}

std::int64_t ppm_of(std::int64_t amount, std::int64_t ppm) {
  const Wide product = Wide{amount} * ppm;
  const Wide up = product > 0 ? kMillion - 1 : 0;
  return static_cast<std::int64_t>((product + up) / kMillion);
}

}  // namespace registry
