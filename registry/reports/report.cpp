#include "registry/reports/report.h"

namespace registry {
namespace {

/// A kilogram has a million milligrams, a gram a million micrograms.
constexpr int kDigits = 6;

}  // namespace

std::string unit_of_report(BaseUnit unit) {
  switch (unit) {
    case BaseUnit::mg:
      return "kg";
    case BaseUnit::ug:
      return "g";
    case BaseUnit::pcs:
      return "pcs";
  }
  return "";
}

std::string decimal_of(const Amount& amount) {
  if (amount.unit == BaseUnit::pcs) return std::to_string(amount.amount);
  std::string digits = std::to_string(amount.amount);
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  if (digits.size() <= kDigits) digits.insert(0, kDigits + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - kDigits);
  digits.resize(digits.size() - kDigits);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) digits += "." + fraction;
  return (negative ? "-" : "") + digits;
}

}  // namespace registry
