#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

Answer counts(World& w, std::string_view amount, std::string_view lot = "L-1", std::vector<Signer> signers = {}) {
  return w.submit(
      "stock.count", "SELLER",
      payload({{"site", "'S-SELLER'"}, {"lines", "[" + line(lot, amount) + "]"}, {"counted_on", "'2026-03-02'"}}),
      std::move(signers));
}

std::string loss(const Members& changes = {}) {
  return payload({{"site", "'S-SELLER'"},
                  {"lot", "'L-1'"},
                  {"quantity", quantity("12 kg")},
                  {"kind", "'stolen'"},
                  {"discovered", "'2026-03-01T22:00:00.000Z'"},
                  {"circumstances", "'仓库门锁被撬'"},
                  {"reported_to", "['DA-CITY']"}},
                 changes);
}

std::string destroys(World& w, const Members& changes = {}, std::vector<Signer> signers = {}) {
  return does(w, "destruction.record", "SELLER",
              payload({{"site", "'S-SELLER'"},
                       {"lot", "'L-1'"},
                       {"quantity", quantity("500 kg")},
                       {"method", "'焚烧'"},
                       {"destroyed_on", "'2026-03-02'"}},
                      changes),
              std::move(signers));
}

}  // namespace

TEST_CASE("count: within tolerance the book follows, beyond it there is a finding", "[steps][counting]") {
  // 3000 ppm of 500 kg are 1.5 kg.
  World w = trade();
  const Answer at = counts(w, "498.5 kg");
  CHECK(verdict(w, at) == "ok");
  CHECK(findings(at).empty());
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 498'500'000);
  CHECK(w.balance("counted", kAnhydride, "L-1") == 1'500'000);
  World v = trade();
  CHECK(findings(counts(v, "498.499999 kg")) == "count-shortage medium [-1495499,4495501] (7,100] SELLER");
  World u = trade();
  const Answer more = counts(u, "501.500001 kg");
  CHECK(verdict(u, more) == "ok");
  CHECK(findings(more).starts_with("count-surplus medium"));
  CHECK(u.balance("site:S-SELLER", kAnhydride, "L-1") == 501'500'001);
}

TEST_CASE("count: the next shortage can have begun only after the last count", "[steps][counting]") {
  World w = trade();
  REQUIRE(counts(w, "500 kg").accepted());
  CHECK(w.row<Measurement>("site:S-SELLER", "L-1")->seq == 100);
  CHECK(findings(counts(w, "400 kg")).find("(100,101] SELLER") != std::string::npos);
}

TEST_CASE("count: nothing left is a count too, and grave by the criminal threshold", "[steps][counting]") {
  World w = trade();
  const Answer none = counts(w, "0 kg");
  CHECK(verdict(w, none) == "ok");
  CHECK(findings(none) == "count-shortage critical [498500000,501500000] (7,100] SELLER");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 0);
}

TEST_CASE("count: two persons for class 1, known lots, an own site, not tomorrow", "[steps][counting]") {
  World w = trade();
  stock(w, "S-SELLER", "C-1", kPiperonal, kKg);
  CHECK(counts(w, "1 kg", "C-1").says() == "refused needs-second-signature /signatures");
  CHECK(counts(w, "1 kg", "C-1", two(w, "SELLER")).accepted());
  CHECK(counts(w, "1 kg", "L-7").says() == "refused unknown-lot /lines/0/lot");
  const std::string text =
      payload({{"site", "'S-SELLER'"}, {"lines", "[" + line("L-1", "1 kg") + "]"}, {"counted_on", "'2026-03-03'"}});
  CHECK(does(w, "stock.count", "SELLER", text) == "refused day-in-future /counted_on");
  CHECK(does(w, "stock.count", "BUYER", text) == "refused site-of-another /site");
}

TEST_CASE("loss: what is stolen leaves the book, and 10 kg of acetic anhydride is a crime", "[steps][counting]") {
  World w = trade();
  const Answer found = w.submit("loss.report", "SELLER", loss({{"quantity", quantity("10 kg")}}));
  CHECK(verdict(w, found) == "ok");
  CHECK(findings(found) == "loss-reported critical [10000000,10000000] (7,100] SELLER");
  CHECK(w.balance("lost", kAnhydride, "L-1") == 10 * kKg);
  CHECK(findings(w.submit("loss.report", "SELLER", loss({{"quantity", quantity("9.999999 kg")}})))
            .starts_with("loss-reported high"));
}

TEST_CASE("loss: more than the book holds is recorded up to the book", "[steps][counting]") {
  World w = trade();
  const Answer all = w.submit("loss.report", "SELLER", loss({{"quantity", quantity("600 kg")}}));
  CHECK(verdict(w, all) == "ok");
  CHECK(findings(all) == "loss-reported critical [500000000,600000000] (7,100] SELLER");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 0);
}

TEST_CASE("loss on the road: reported by those between whom the goods are", "[steps][counting]") {
  World w = on_the_road();
  const Members road = {{"site", ""}, {"consignment", "'C-1'"}, {"quantity", quantity("3 kg")}};
  CHECK(does(w, "loss.report", "FAR", loss(road)) == "refused not-in-custody /consignment");
  const Answer found = w.submit("loss.report", "CARRIER", loss(road));
  CHECK(verdict(w, found) == "ok");
  CHECK(findings(found) == "loss-reported medium [3000000,3000000] (101,102] SELLER 赣J00T01 K-17");
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 7 * kKg);
  Members other = road;
  other["lot"] = "'L-2'";
  CHECK(does(w, "loss.report", "CARRIER", loss(other)) == "refused lot-not-in-consignment /lot");
  CHECK(does(w, "loss.report", "SELLER", loss({{"consignment", "'C-1'"}})) == "refused payload-form /site:one_of");
  CHECK(does(w, "loss.report", "SELLER", loss({{"discovered", "'2026-03-02T02:00:00.001Z'"}})) ==
        "refused day-in-future /discovered");
}

TEST_CASE("destruction: never more than there is", "[steps][counting]") {
  World w = trade();
  CHECK(destroys(w, {{"quantity", quantity("500.000001 kg")}}) == "refused insufficient-stock /quantity");
  CHECK(destroys(w) == "ok");
  CHECK(w.balance("destroyed", kAnhydride, "L-1") == 500 * kKg);
}

TEST_CASE("destruction: an agency attends for medicines and ephedrine, a second person for class 1",
          "[steps][counting]") {
  World w = trade();
  stock(w, "S-SELLER", "M-1", kMorphine, kKg);
  stock(w, "S-SELLER", "C-1", kPiperonal, kKg);
  const Members morphine = {{"lot", "'M-1'"}, {"quantity", quantity("1 g")}};
  Members witnessed = morphine;
  witnessed["witness"] = "'DA-CITY'";
  CHECK(destroys(w, morphine, two(w, "SELLER")) == "refused needs-agency-witness /witness");
  CHECK(destroys(w, witnessed) == "refused witness-must-sign /witness");
  CHECK(destroys(w, witnessed, {w.officer("SELLER"), w.officer("DA-CITY")}) == "ok");
  witnessed["witness"] = "'BUYER'";
  CHECK(destroys(w, witnessed, {w.officer("SELLER"), w.officer("BUYER")}) == "refused witness-must-sign /witness");
  const Members piperonal = {{"lot", "'C-1'"}, {"quantity", quantity("1 g")}};
  CHECK(destroys(w, piperonal) == "refused needs-second-signature /signatures");
  CHECK(destroys(w, piperonal, two(w, "SELLER")) == "ok");
}
