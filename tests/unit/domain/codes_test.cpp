#include "registry/domain/codes.h"

#include <catch2/catch.hpp>
#include <string>

#include "registry/domain/codes_plate.h"

using namespace registry;

TEST_CASE("identifier: has 1 to 40 letters, digits, points, lines and hyphens", "[domain][codes]") {
  for (const char* good : {"A", "WB-2026.0001", "lot_7", "0"}) CHECK(is_identifier(good));
  CHECK(is_identifier(std::string(40, 'a')));
  for (const char* bad : {"", "a b", "a/b", "批次", "a:b", "a,b", "a\n", "é"}) CHECK_FALSE(is_identifier(bad));
  CHECK_FALSE(is_identifier(std::string(41, 'a')));
}

TEST_CASE("unified social credit code: published and constructed examples pass", "[domain][codes]") {
  for (const char* code : {"91350100M000100Y43", "91360300Y123456793", "91360313YTE5T001XW", "12360302Y0000042X9"})
    CHECK(check_uscc(code) == CodeCheck::ok);
}

TEST_CASE("unified social credit code: a wrong check digit is told apart from a wrong form", "[domain][codes]") {
  CHECK(check_uscc("91350100M000100Y44") == CodeCheck::bad_check_digit);
  CHECK(check_uscc("91350100M000100Y4") == CodeCheck::bad_form);
  CHECK(check_uscc("91350100M000100Y431") == CodeCheck::bad_form);
  CHECK(check_uscc("91350100I000100Y43") == CodeCheck::bad_form);
  CHECK(check_uscc("91350100m000100y43") == CodeCheck::bad_form);
  CHECK(check_uscc("9135A100M000100Y43") == CodeCheck::bad_form);
  CHECK(check_uscc("") == CodeCheck::bad_form);
}

TEST_CASE("organisation code: checks with X for ten and 0 for eleven", "[domain][codes]") {
  for (const char* code : {"Y1234567-9", "YTE5T001-X", "Y0000042-X"})
    CHECK(check_organisation_code(code) == CodeCheck::ok);
  CHECK(check_organisation_code("Y1234567-8") == CodeCheck::bad_check_digit);
  for (const char* bad : {"Y12345679", "y1234567-9", "Y1234567-A", ""})
    CHECK(check_organisation_code(bad) == CodeCheck::bad_form);
}

TEST_CASE("identity number: has a birthday that exists and a check character", "[domain][codes]") {
  for (const char* good : {"11010519491231002X", "36030219000101000X", "360321190102280016", "360313190309300029"})
    CHECK(check_identity_number(good) == CodeCheck::ok);
  CHECK(check_identity_number("110105194912310021") == CodeCheck::bad_check_digit);
  CHECK(check_identity_number("11010519491231002x") == CodeCheck::bad_form);
  CHECK(check_identity_number("110105194902300020") == CodeCheck::bad_form);
  CHECK(check_identity_number("110105491231002") == CodeCheck::bad_form);
  CHECK(check_identity_number("") == CodeCheck::bad_form);
}

TEST_CASE("CAS number: the number that circulates for norfentanyl fails its check digit", "[domain][codes]") {
  for (const char* good : {"67-64-1", "7722-64-7", "41661-47-6", "1609-66-1", "2167189-50-4"})
    CHECK(check_cas(good) == CodeCheck::ok);
  CHECK(check_cas("1609-66-5") == CodeCheck::bad_check_digit);
  for (const char* bad : {"", "7-64-1", "67641", "67-64-", "67-6a-1", "67-64-x", "67_64-1", "12345678-12-1"})
    CHECK(check_cas(bad) == CodeCheck::bad_form);
}

TEST_CASE("GS1 keys: examples of every length pass", "[domain][codes]") {
  for (const char* good : {"95200019", "95212340", "95299990", "9520000000011", "9520123456788", "9529999999900",
                           "09520000000011", "19520123456785", "59529999999905", "6291041500213"})
    CHECK(check_gtin(good) == CodeCheck::ok);
  for (const char* good : {"9520000360306", "9520000360313", "9520000360320"}) CHECK(check_gln(good) == CodeCheck::ok);
  for (const char* good : {"095200000000000011", "195200003603000188", "395299999999999992"})
    CHECK(check_sscc(good) == CodeCheck::ok);
}

TEST_CASE("GS1 keys: a wrong digit and a wrong length are refused", "[domain][codes]") {
  CHECK(check_gtin("9520000000012") == CodeCheck::bad_check_digit);
  CHECK(check_sscc("095200000000000012") == CodeCheck::bad_check_digit);
  for (const char* bad : {"", "952000000001", "95200000000a1", "952000000001100"})
    CHECK(check_gtin(bad) != CodeCheck::ok);
  CHECK(check_gtin("952000000") == CodeCheck::bad_form);
  CHECK(check_sscc("9520000000011") == CodeCheck::bad_form);
}

TEST_CASE("vehicle plate: ordinary, trailer and new energy plates are known", "[domain][codes]") {
  for (const char* good : {"赣J00T01", "赣J0T01挂", "赣JD00001", "赣JDA0001", "赣J00001D", "京A12345"})
    CHECK(is_vehicle_plate(good));
}

TEST_CASE("vehicle plate: other texts are not", "[domain][codes]") {
  for (const char* bad : {"", "赣", "赣J", "J00T01", "赣I00T01", "赣J00O01", "赣J0T01", "赣J00T01挂", "赣JD000012",
                          "赣JL00001", "国J00T01", "赣j00t01", "赣J 00T01", "赣J００Ｔ０１", "\xb5\xa3J00T01"})
    CHECK_FALSE(is_vehicle_plate(bad));
}
