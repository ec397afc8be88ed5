#include "registry/domain/quantity.h"

#include <catch2/catch.hpp>

#include "registry/base/limits.h"

using namespace registry;

namespace {

std::optional<std::int64_t> amount(std::string_view value, Unit unit, BaseUnit base = BaseUnit::mg) {
  const auto quantity = Quantity::parse(value, unit);
  return quantity ? quantity->in(base) : std::nullopt;
}

}  // namespace

TEST_CASE("quantity: 417.29 g is 417290 mg", "[domain][quantity]") {
  CHECK(amount("417.29", Unit::g) == 417'290);
  CHECK(amount("417.2900", Unit::g) == 417'290);
  CHECK(amount("1.2", Unit::t) == 1'200'000'000);
  CHECK(amount("0.001", Unit::mg, BaseUnit::ug) == 1);
  CHECK(amount("12", Unit::pcs, BaseUnit::pcs) == 12);
  CHECK(amount("0", Unit::kg) == 0);
  CHECK(Quantity::parse("0.00", Unit::kg)->is_zero());
}

TEST_CASE("quantity: what the base unit cannot hold is refused, never rounded", "[domain][quantity]") {
  CHECK(Quantity::parse("417.2905", Unit::g));
  CHECK_FALSE(amount("417.2905", Unit::g));
  CHECK_FALSE(amount("1", Unit::ug));
  CHECK(amount("1000", Unit::ug) == 1);
  CHECK_FALSE(amount("0.5", Unit::pcs, BaseUnit::pcs));
  CHECK(amount("417.2905", Unit::g, BaseUnit::ug) == 417'290'500);
}

TEST_CASE("quantity: a mass is no number of pieces", "[domain][quantity]") {
  CHECK_FALSE(amount("1", Unit::pcs));
  CHECK_FALSE(amount("1", Unit::kg, BaseUnit::pcs));
}

TEST_CASE("quantity: only plain decimal text is read", "[domain][quantity]") {
  for (const char* bad : {"",   "1e3", "+5",    "-5",  ".5",   "5.",   ".",   "007", "00",  "00.5", "1.2.3",
                          " 5", "5 ",  "1 000", "1,5", "１２", "0x10", "NaN", "inf", "5\n", "٣",    "1_000"}) {
    CAPTURE(bad);
    CHECK_FALSE(Quantity::parse(bad, Unit::kg));
  }
  CHECK_FALSE(Quantity::parse(std::string_view("5\0", 2), Unit::kg));
}

TEST_CASE("quantity: has at most 16 digits", "[domain][quantity]") {
  CHECK(Quantity::parse("1234567890123456", Unit::mg));
  CHECK(Quantity::parse("123456789.0123456", Unit::kg));
  CHECK_FALSE(Quantity::parse("12345678901234567", Unit::mg));
  CHECK_FALSE(Quantity::parse("1234567890.1234567", Unit::kg));
}

TEST_CASE("quantity: ends at nine million tonnes of a precursor", "[domain][quantity]") {
  CHECK(amount("9000000000000000", Unit::mg) == limits::kAmountMax);
  CHECK(amount("9000000", Unit::t) == limits::kAmountMax);
  CHECK_FALSE(amount("9000000000000001", Unit::mg));
  CHECK_FALSE(amount("9999999999999999", Unit::t));
  CHECK_FALSE(amount("9999999999999999", Unit::t, BaseUnit::ug));
}

TEST_CASE("quantity: is printed as it was written", "[domain][quantity]") {
  CHECK(Quantity::parse("12.50", Unit::kg)->str() == "12.50 kg");
  CHECK(Quantity::parse("0.05", Unit::g)->str() == "0.05 g");
  CHECK(Quantity::parse("0", Unit::pcs)->str() == "0 pcs");
  CHECK(Quantity::parse("1000", Unit::mg)->unit() == Unit::mg);
}

TEST_CASE("amount: people read it in the largest unit that has a whole", "[domain][quantity]") {
  CHECK(format_amount(417'290, BaseUnit::mg) == "417.29 g");
  CHECK(format_amount(1'200'000, BaseUnit::mg) == "1.2 kg");
  CHECK(format_amount(999'999, BaseUnit::mg) == "999.999 g");
  CHECK(format_amount(1'000'000'000, BaseUnit::mg) == "1 t");
  CHECK(format_amount(500, BaseUnit::mg) == "500 mg");
  CHECK(format_amount(500, BaseUnit::ug) == "500 ug");
  CHECK(format_amount(1'500, BaseUnit::ug) == "1.5 mg");
  CHECK(format_amount(12, BaseUnit::pcs) == "12 pcs");
  CHECK(format_amount(0, BaseUnit::mg) == "0 mg");
  CHECK(format_amount(-1'200'000, BaseUnit::mg) == "-1.2 kg");
  CHECK(format_amount(INT64_MIN, BaseUnit::mg) == "-9223372036.854775808 t");
}

TEST_CASE("amount: a share in parts per million is rounded up", "[domain][quantity]") {
  CHECK(ppm_of(1'000'000, 3'000) == 3'000);
  CHECK(ppm_of(1, 1) == 1);
  CHECK(ppm_of(0, 3'000) == 0);
  CHECK(ppm_of(1'000'001, 1) == 2);
  CHECK(ppm_of(limits::kAmountMax, 1'000'000) == limits::kAmountMax);
}

TEST_CASE("unit: six names are known", "[domain][quantity]") {
  for (const char* known : {"t", "kg", "g", "mg", "ug", "pcs"}) CHECK(name(parse_unit(known).value()) == known);
  for (const char* other : {"", "KG", "lb", "µg", "kg ", "ml"}) CHECK_FALSE(parse_unit(other));
  CHECK(name(BaseUnit::ug) == "ug");
}
