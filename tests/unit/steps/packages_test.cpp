#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

/// SELLER with 500 kg of L-1, 90 % pure.
World shop() {
  World w = trade();
  Lot lot = *w.row<Lot>("L-1");
  lot.purity_ppm = 900'000;
  lot.expiry = Date::of(2027, 1, 31);
  lot.maker = "华东化工";
  w.add(lot);
  return w;
}

std::string splits(World& w, std::string_view into, const Members& changes = {}) {
  return does(w, "package.split", "SELLER",
              payload({{"site", "'S-SELLER'"},
                       {"lot", "'L-1'"},
                       {"split_on", "'2026-03-02'"},
                       {"into", "[" + std::string(into) + "]"}},
                      changes));
}

std::string merges(World& w, std::string_view from, std::string_view lot = "G-1") {
  return does(w, "package.merge", "SELLER",
              payload({{"site", "'S-SELLER'"},
                       {"lot", "'" + std::string(lot) + "'"},
                       {"merged_on", "'2026-03-02'"},
                       {"from", "[" + std::string(from) + "]"}}));
}

std::string samples(World& w, const Members& changes, std::vector<Signer> signers = {}) {
  return does(w, "sample.take", "SELLER",
              payload({{"site", "'S-SELLER'"},
                       {"lot", "'L-1'"},
                       {"quantity", quantity("1 kg")},
                       {"purpose", "'quality-control'"},
                       {"taken_on", "'2026-03-02'"}},
                      changes),
              std::move(signers));
}

}  // namespace

TEST_CASE("split: the parts are what the whole was, and come of it", "[steps][packages]") {
  World w = shop();
  CHECK(splits(w, line("P-1", "200 kg") + "," + line("P-2", "0.000001 kg")) == "ok");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 299'999'999);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "P-1") == 200 * kKg);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "P-2") == 1);
  CHECK(w.row<Lot>("P-1")->parents == "L-1");
  CHECK(w.row<Lot>("P-1")->purity_ppm == 900'000);
  CHECK(w.row<Lot>("P-1")->expiry == Date::of(2027, 1, 31));
  CHECK(w.row<Lot>("P-1")->maker == "华东化工");
  CHECK(w.row<Measurement>("site:S-SELLER", "P-1")->amount == 200 * kKg);
}

TEST_CASE("split: never more than is there, never under a name that is taken", "[steps][packages]") {
  World w = shop();
  CHECK(splits(w, line("P-1", "300 kg") + "," + line("P-2", "200.000001 kg")) ==
        "refused insufficient-stock /into/1/quantity");
  CHECK(splits(w, line("L-1", "1 kg")) == "refused id-taken /into/0/lot");
  CHECK(splits(w, line("P-1", "1 kg") + "," + line("P-1", "1 kg")) == "refused payload-form /into/1/lot:duplicate");
  CHECK(splits(w, line("P-1", "1 kg"), {{"lot", "'L-0'"}}) == "refused unknown-lot /lot");
  CHECK(splits(w, line("P-1", "1 kg"), {{"site", "'S-BUYER'"}}) == "refused site-of-another /site");
  CHECK(splits(w, line("P-1", "1 kg"), {{"split_on", "'2026-03-03'"}}) == "refused day-in-future /split_on");
  CHECK(splits(w, line("P-1", "1 m3")) == "refused payload-form /into/0/quantity/unit:bad_unit");
  CHECK_FALSE(w.row<Lot>("P-1"));
}

TEST_CASE("merge: substance and pure mass stay, the earliest expiry holds", "[steps][packages]") {
  World w = shop();
  stock(w, "S-SELLER", "L-2", kAnhydride, 100 * kKg);
  Lot pure = *w.row<Lot>("L-2");
  pure.expiry = Date::of(2026, 9, 30);
  w.add(pure);
  CHECK(merges(w, line("L-1", "100 kg") + "," + line("L-2", "100 kg")) == "ok");
  CHECK(w.row<Lot>("G-1")->purity_ppm == 950'000);
  CHECK(w.row<Lot>("G-1")->expiry == Date::of(2026, 9, 30));
  CHECK(w.row<Lot>("G-1")->parents == "L-1,L-2");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "G-1") == 200 * kKg);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-2") == 0);
}

TEST_CASE("merge: unlike lots, and purities that would have to be rounded, are refused", "[steps][packages]") {
  World w = shop();
  stock(w, "S-SELLER", "L-2", kAnhydride, 100 * kKg);
  stock(w, "S-SELLER", "A-1", kAcetone, 100 * kKg);
  CHECK(merges(w, line("L-1", "1 kg") + "," + line("A-1", "1 kg")) == "refused merge-unlike /from/1/lot");
  CHECK(merges(w, line("L-1", "1 kg") + "," + line("L-2", "2 kg")) == "refused merge-purity-inexact /from");
  CHECK(merges(w, line("L-1", "1 kg") + "," + line("L-2", "100.1 kg")) ==
        "refused insufficient-stock /from/1/quantity");
  CHECK(merges(w, line("L-1", "1 kg")) == "refused payload-form /from:too_few");
  CHECK(merges(w, line("L-1", "1 kg") + "," + line("L-2", "1 kg"), "A-1") == "refused id-taken /lot");
}

TEST_CASE("sample: an inspector's is signed by the agency and may go along", "[steps][packages]") {
  World w = shop();
  w.site("S-DA", "DA-CITY", "360300");
  const Members inspection = {
      {"purpose", "'inspection'"}, {"agency", "'DA-CITY'"}, {"sample", "'SM-1'"}, {"to_site", "'S-DA'"}};
  CHECK(samples(w, {{"purpose", "'inspection'"}}) == "refused payload-form /agency:required");
  CHECK(samples(w, {{"to_site", "'S-DA'"}}) == "refused payload-form /sample:required");
  CHECK(samples(w, inspection) == "refused witness-must-sign /agency");
  CHECK(samples(w, inspection, {w.admin("SELLER"), w.admin("DA-CITY")}) == "ok");
  CHECK(w.balance("site:S-DA", kAnhydride, "SM-1") == kKg);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 499 * kKg);
  CHECK(w.row<Lot>("SM-1")->parents == "L-1");
}

TEST_CASE("sample: one's own is used up, or kept at one's own site only", "[steps][packages]") {
  World w = shop();
  CHECK(samples(w, {}) == "ok");
  CHECK(w.balance("used", kAnhydride, "L-1") == kKg);
  CHECK(samples(w, {{"sample", "'SM-1'"}, {"to_site", "'S-BUYER'"}}) == "refused site-of-another /to_site");
  CHECK(samples(w, {{"sample", "'SM-1'"}, {"to_site", "'S-SELLER-2'"}}) == "ok");
  CHECK(samples(w, {{"quantity", quantity("499 kg")}}) == "refused insufficient-stock /quantity");
}
