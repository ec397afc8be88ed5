#include "registry/steps/packs.h"

#include <algorithm>

#include "registry/base/limits.h"
#include "registry/domain/codes.h"
#include "registry/rules/goods.h"
#include "registry/steps/checks.h"

namespace registry {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::int64_t kPiecesMax = 1'000'000, kFactorOne = 10'000, kPpmOfFactor = 100;
constexpr std::size_t kProductDigits = 7;
constexpr std::string_view kBase = "base";

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The part of a traceability code that names the product.
bool is_product_code(std::string_view text) {
  return (text.size() == kProductDigits && is_digits(text)) || check_gtin(text) == CodeCheck::ok;
}

/// Half a microgram up: the factor's own last digit is worth more than that from 5 mg of salt on.
std::int64_t rounded_base(std::int64_t strength, std::int64_t factor) {
  return static_cast<std::int64_t>((Wide{strength} * factor + kFactorOne / 2) / kFactorOne);
}

Refusal unknown_salt(const PackSpec& spec, const Substance& substance, const std::string& pointer) {
  return refuse("unknown-salt")
      .with("salt", spec.salt)
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .at(pointer + "/salt");
}

/// Base units in one package of that unit; 0 where the lot has no such level.
std::int64_t unit_content(const Lot& lot, Unit unit) {
  if (unit == Unit::strip) return lot.strip * lot.piece;
  if (unit == Unit::box) return lot.box * lot.piece;
  return lot.piece;
}

bool is_package(Unit unit) { return unit == Unit::pcs || unit == Unit::strip || unit == Unit::box; }

Refusal not_exact(std::string_view rule, const Quantity& quantity, const Substance& substance, std::string pointer) {
  return refuse(rule)
      .with("quantity", quantity.str())
      .with("unit", std::string(name(substance.unit)))
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .at(std::move(pointer));
}

}  // namespace

std::optional<PackSpec> read_pack(PayloadReader& in) {
  std::optional<PayloadReader> object = in.optional_object("pack");
  if (!object) return {};
  PackSpec spec;
  spec.form = object->one_of("form", {"injection", "oral", "controlled-release", "patch", "other"});
  spec.salt = object->id("salt");
  spec.strength = object->quantity("strength");
  spec.strip = object->optional_integer("per_strip", 1, kPiecesMax).value_or(0);
  spec.box = object->optional_integer("per_box", 1, kPiecesMax).value_or(0);
  spec.code = object->optional_id("code");
  if (spec.strip && spec.box && spec.box % spec.strip != 0)
    object->fault("per_box", "not_whole_strips", "a whole number of strips");
  if (!spec.code.empty() && !is_product_code(spec.code))
    object->fault("code", "bad_product_code", "7 digits, or a GTIN with a right check digit");
  return spec;
}

Result<Package> check_package(const RulePack& rules, const PackSpec& spec, const Substance& substance,
                              std::string_view lot, const std::string& pointer) {
  const Salt* salt = spec.salt == kBase ? nullptr : rules.goods().salt(substance.code, spec.salt);
  if (!salt && spec.salt != kBase) return unknown_salt(spec, substance, pointer);
  const std::int64_t factor = salt ? salt->factor : kFactorOne;
  const std::int64_t strength = TRY(check_amount(*spec.strength, substance, pointer + "/strength"));
  Package out;
  out.row = {std::string(lot), spec.form, spec.salt, strength, factor, spec.code};
  out.piece = substance.is_medicine() ? rounded_base(strength, factor) : strength;
  if (!substance.is_medicine()) out.purity_ppm = factor * kPpmOfFactor;
  if (out.piece > 0) return out;
  return not_exact("quantity-too-fine", *spec.strength, substance, pointer + "/strength");
}

Result<std::int64_t> check_goods_amount(const Quantity& quantity, const Substance& substance, const Lot& lot,
                                        std::string pointer) {
  if (!is_package(quantity.unit()) || lot.piece == 0) return check_amount(quantity, substance, std::move(pointer));
  const std::int64_t content = unit_content(lot, quantity.unit());
  if (content == 0)
    return refuse("package-level-unknown")
        .with("lot", lot.id)
        .with("unit", std::string(name(quantity.unit())))
        .at(std::move(pointer));
  const auto whole = quantity.whole();
  if (!whole) return refuse("pieces-not-whole").with("quantity", quantity.str()).at(std::move(pointer));
  if (*whole <= limits::kAmountMax / content) return *whole * content;
  return not_exact("quantity-too-fine", quantity, substance, std::move(pointer));
}

Check check_whole_pieces(const Lot& lot, const Substance& substance, std::int64_t amount, std::string pointer) {
  if (lot.piece == 0 || amount % lot.piece == 0) return Accepted{};
  return refuse("pieces-not-whole").with("quantity", format_amount(amount, substance.unit)).at(std::move(pointer));
}

std::string format_goods(const Lot& lot, const Substance& substance, std::int64_t amount) {
  if (lot.piece == 0 || amount % lot.piece != 0) return format_amount(amount, substance.unit);
  return std::to_string(amount / lot.piece) + " pcs";
}

}  // namespace registry
