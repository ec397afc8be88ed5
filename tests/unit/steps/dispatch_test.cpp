#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

TEST_CASE("dispatch: goods are on the road and everybody knows what to do", "[steps][movement]") {
  World w = on_the_road();
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 490 * kKg);
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 10 * kKg);
  CHECK(w.row<Sale>("X-1")->dispatched == 10 * kKg);
  CHECK(w.row<ConsignmentLine>("C-1", "001")->shipped == 10 * kKg);
  CHECK(w.row<Obligation>("receive:consignment:C-1")->party == "BUYER");
  CHECK(w.row<Obligation>("carry:consignment:C-1")->party == "CARRIER");
  CHECK(sends(w) == "refused id-taken /consignment");
}

TEST_CASE("dispatch: only what was sold, to whom it was sold", "[steps][movement]") {
  World w = trade();
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  stock(w, "S-SELLER", "A-1", kAcetone, kKg);
  CHECK(sends(w, {{"sale", ""}}) == "refused sale-required /sale");
  CHECK(sends(w, {{"sale", "'X-9'"}}) == "refused unknown-sale /sale");
  CHECK(sends(w, {{"receiver", "'MAKER'"}, {"to_site", "'S-MAKER'"}}) == "refused sale-of-others /sale");
  CHECK(sends(w, {{"lines", "[" + line("A-1", "1 kg") + "]"}}) == "refused sale-other-substance /sale");
  CHECK(sends(w, {{"lines", "[" + line("L-1", "10.000001 kg") + "]"}}) == "refused sale-exceeded /sale");
  CHECK(sends(w, {{"lines", "[" + line("L-1", "9.999999 kg") + "]"}}) == "ok");
  CHECK(sends(w, {{"consignment", "'C-2'"}, {"lines", "[" + line("L-1", "2 mg") + "]"}}) ==
        "refused sale-exceeded /sale");
  CHECK(sends(w, {{"consignment", "'C-2'"}, {"lines", "[" + line("L-1", "1 mg") + "]"}}) == "ok");
}

TEST_CASE("dispatch: the purchase paper must still be in force", "[steps][movement]") {
  World w = trade();
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  w.go_to("2026-04-01");
  CHECK(sends(w) == "refused permit-expired /sale");
  w.go_to("2026-03-31");
  CHECK(sends(w) == "ok");
}

TEST_CASE("dispatch: stock, sites, carrier and vehicle must be there", "[steps][movement]") {
  World w = trade();
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  stock(w, "S-SELLER", "L-2", kAnhydride, kKg);
  CHECK(sends(w, {{"lines", "[" + line("L-2", "1.000001 kg") + "]"}}) ==
        "refused insufficient-stock /lines/0/quantity");
  CHECK(sends(w, {{"lines", "[" + line("L-3", "1 kg") + "]"}}) == "refused unknown-lot /lines/0/lot");
  CHECK(sends(w, {{"from_site", "'S-MAKER'"}}) == "refused site-of-another /from_site");
  CHECK(sends(w, {{"to_site", "'S-FAR'"}}) == "refused site-of-another /to_site");
  CHECK(sends(w, {{"carrier", "'MAKER'"}}) == "refused not-a-carrier /carrier");
  CHECK(sends(w, {{"vehicle", ""}}) == "refused payload-form /vehicle:required");
  CHECK(sends(w, {{"receiver", "'NOBODY'"}}) == "refused unknown-party /receiver");
  CHECK(sends(w, {{"carrier", ""}, {"vehicle", ""}}) == "ok");
}

TEST_CASE("dispatch: across the border of a city only with a transport paper", "[steps][movement]") {
  World w = far_trade(10 * kKg);
  CHECK(sends(w, far({{"permit", ""}})) == "refused transport-permit-required /permit");
  CHECK(sends(w, far({{"permit", ""}, {"exemption", "'EX-20'"}})) == "refused exemption-not-applicable /exemption");
  CHECK(sends(w, far({{"permit", "'GB-F'"}})) == "refused permit-not-held /permit");
  CHECK(sends(w, far({{"permit", "'TR-1'"}})) == "refused permit-wrong-kind /permit");
  edit(w, "TP-1", [](Permit& p) { p.consignee = "BUYER"; });
  CHECK(sends(w, far()) == "refused wrong-consignee /permit");
  edit(w, "TP-1", [](Permit& p) { p.consignee = "FAR", p.carrier = "SELLER"; });
  CHECK(sends(w, far()) == "refused wrong-carrier /permit");
  edit(w, "TP-1", [](Permit& p) { p.carrier = "CARRIER", p.destination = "360200"; });
  CHECK(sends(w, far()) == "refused wrong-destination /permit");
  edit(w, "TP-1", [](Permit& p) { p.destination = "360100", p.origin = "360321"; });
  CHECK(sends(w, far()) == "refused wrong-origin /permit");
  edit(w, "TP-1", [](Permit& p) { p.origin = "360302"; });
  CHECK(sends(w, far()) == "ok");
  CHECK(w.balance("held:TP-1", kAnhydride) == 10 * kKg);
}

TEST_CASE("dispatch: a transport paper is drawn on to the milligram", "[steps][movement]") {
  World w = far_trade(9'999'999);
  CHECK(sends(w, far()) == "refused permit-exhausted /permit");
  CHECK(sends(w, far({{"lines", "[" + line("L-1", "9.999999 kg") + "]"}})) == "ok");
}

TEST_CASE("dispatch: between counties of a key area a transport paper is needed as well", "[steps][movement]") {
  World w = trade();
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  w.add(Setting{"key_areas", "360323", 1});
  CHECK(sends(w) == "refused transport-permit-required /permit");
}
