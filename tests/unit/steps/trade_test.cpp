#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

std::string sells(World& w, const Members& changes = {}, std::string_view seller = "SELLER") {
  return does(w, "sale.record", seller, sale(changes));
}

std::string confirms(World& w, std::string_view amount, std::string_view by = "BUYER") {
  return does(w, "sale.confirm", by, "{'sale':'X-1','quantity':" + quantity(amount) + "}");
}

}  // namespace

TEST_CASE("sale: the buyer's paper is held and the buyer is asked to confirm", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w) == "ok");
  CHECK(w.balance("permit:GB-1", kAnhydride) == 90 * kKg);
  CHECK(w.balance("held:GB-1", kAnhydride) == 10 * kKg);
  REQUIRE(w.row<Sale>("X-1"));
  CHECK(w.row<Sale>("X-1")->amount == 10 * kKg);
  const auto* due = w.row<Obligation>("confirm-sale:sale:X-1");
  REQUIRE(due);
  CHECK(due->party == "BUYER");
  CHECK(due->due == end_of(Date::of(2026, 3, 5)));
  CHECK(sells(w) == "refused id-taken /sale");
}

TEST_CASE("sale: 200 draws of 1 kg on a paper of 100 kg: exactly 100 succeed", "[steps][trade]") {
  World w = trade();
  int good = 0, exhausted = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string said = sells(w, {{"sale", "'X-" + std::to_string(i) + "'"}, {"quantity", quantity("1 kg")}});
    good += said == "ok";
    exhausted += said == "refused permit-exhausted /permit";
  }
  CHECK(good == 100);
  CHECK(exhausted == 100);
  CHECK(w.balance("held:GB-1", kAnhydride) == 100 * kKg);
}

TEST_CASE("sale: the last milligram of a paper can be sold, one more cannot", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"quantity", quantity("100.000001 kg")}}) == "refused permit-exhausted /permit");
  CHECK(sells(w, {{"quantity", quantity("99.999999 kg")}}) == "ok");
  CHECK(sells(w, {{"sale", "'X-2'"}, {"quantity", quantity("2 mg")}}) == "refused permit-exhausted /permit");
  CHECK(sells(w, {{"sale", "'X-2'"}, {"quantity", quantity("1 mg")}}) == "ok");
}

TEST_CASE("sale: a paper serves on its last day and not on the next", "[steps][trade]") {
  World w = trade();
  w.go_to("2026-04-01");
  CHECK(sells(w, {{"sold_on", "'2026-04-01'"}}) == "refused permit-expired /licence");
  edit(w, "TR-1", [](Permit& p) { p.valid_to = Date::of(2029, 3, 1); });
  CHECK(sells(w, {{"sold_on", "'2026-04-01'"}}) == "refused permit-expired /permit");
  w.go_to("2026-03-31");
  CHECK(sells(w, {{"sold_on", "'2026-03-31'"}}) == "ok");
}

TEST_CASE("sale: goods are not bought before the paper is in hand", "[steps][trade]") {
  World w = trade();
  edit(w, "GB-1", [](Permit& p) { p.valid_from = Date::of(2026, 3, 2); });
  edit(w, "TR-1", [](Permit& p) { p.valid_from = Date::of(2026, 1, 1); });
  CHECK(sells(w, {{"sold_on", "'2026-03-01'"}}) == "refused permit-not-yet-valid /permit");
  CHECK(sells(w, {{"sold_on", "'2026-03-03'"}}) == "refused day-in-future /sold_on");
  CHECK(sells(w) == "ok");
}

TEST_CASE("sale: a paper for one use serves one sale", "[steps][trade]") {
  World w = trade();
  paper(w, "GB-2", "C23-BUY-1", "BUYER", kAnhydride, 50 * kKg);
  CHECK(sells(w, {{"permit", "'GB-2'"}}) == "ok");
  CHECK(sells(w, {{"permit", "'GB-2'"}, {"sale", "'X-2'"}}) == "refused permit-used /permit");
}

TEST_CASE("sale: the seller needs a paper of its own", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"licence", "'NONE'"}}) == "refused unknown-permit /licence");
  CHECK(sells(w, {{"licence", "'GB-1'"}}) == "refused permit-not-held /licence");
  paper(w, "TR-3", "C3T-FILE", "SELLER", kAcetone, 0);
  CHECK(sells(w, {{"licence", "'TR-3'"}}) == "refused permit-wrong-kind /licence");
  edit(w, "TR-1", [](Permit& p) { p.status = PermitStatus::revoked; });
  CHECK(sells(w) == "refused permit-revoked /licence");
}

TEST_CASE("sale: a producer sells on its production filing", "[steps][trade]") {
  World w = trade();
  paper(w, "PR-1", "C2P-FILE", "MAKER", kAnhydride, 0);
  CHECK(sells(w, {{"licence", "'PR-1'"}}, "MAKER") == "ok");
}

TEST_CASE("sale: the buyer's paper must be the buyer's, of the kind, for the substance and from this seller",
          "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"permit", ""}}) == "refused purchase-permit-required /permit");
  CHECK(sells(w, {{"permit", "'NONE'"}}) == "refused unknown-permit /permit");
  CHECK(sells(w, {{"buyer", "'FAR'"}}) == "refused permit-not-held /permit");
  paper(w, "GB-3", "C23-BUY-N", "BUYER", kAcetone, kKg);
  CHECK(sells(w, {{"permit", "'GB-3'"}}) == "refused permit-wrong-substance /permit");
  paper(w, "TP-1", "C2-TRAN-3", "BUYER", kAnhydride, kKg);
  CHECK(sells(w, {{"permit", "'TP-1'"}}) == "refused permit-wrong-kind /permit");
  edit(w, "GB-1", [](Permit& p) { p.supplier = "MAKER"; });
  CHECK(sells(w) == "refused wrong-supplier /permit");
  edit(w, "GB-1", [](Permit& p) { p.supplier = "SELLER"; });
  CHECK(sells(w) == "ok");
}

TEST_CASE("sale: both units are verified, and they are two", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"buyer", "'NOBODY'"}}) == "refused unknown-party /buyer");
  CHECK(sells(w, {{"buyer", "'SELLER'"}}) == "refused buyer-is-seller /buyer");
  w.unit("BUYER", "user", "360323", PartyStatus::suspended);
  CHECK(sells(w) == "refused partner-not-verified /buyer");
  w.unit("SELLER", "trader", "360302", PartyStatus::registered);
  CHECK(sells(w) == "refused party-not-verified header/party");
}

TEST_CASE("sale: no cash and no barter between units, class 3 no less", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"payment", "'cash'"}}) == "refused no-cash /payment");
  CHECK(sells(w, {{"payment", "'barter'"}}) == "refused no-cash /payment");
  paper(w, "TR-3", "C3T-FILE", "SELLER", kAcetone, 0);
  paper(w, "GB-3", "C23-BUY-N", "BUYER", kAcetone, 100 * kKg);
  CHECK(sells(w, {{"payment", "'cash'"}, {"substance", "'CN3-02'"}, {"licence", "'TR-3'"}, {"permit", "'GB-3'"}}) ==
        "refused no-cash /payment");
}

TEST_CASE("sale: a quantity must be whole milligrams", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"quantity", quantity("0.0000001 kg")}}) == "refused quantity-too-fine /quantity");
  CHECK(sells(w, {{"quantity", quantity("3 pcs")}}) == "refused quantity-wrong-unit /quantity");
  CHECK(sells(w, {{"quantity", quantity("0 kg")}}).starts_with("refused payload-form /quantity"));
  CHECK(sells(w, {{"substance", "'CN9-99'"}}) == "refused unknown-substance /substance");
}

TEST_CASE("sale: filed on the last day is in time, a day later is recorded as late", "[steps][trade]") {
  World w = trade();
  edit(w, "GB-1", [](Permit& p) { p.valid_to = Date::of(2026, 8, 31); });
  edit(w, "TR-1", [](Permit& p) { p.valid_to = Date::of(2029, 1, 1); });
  w.go_to("2026-04-01");
  CHECK(findings(w.submit("sale.record", "SELLER", sale())).empty());
  w.go_to("2026-04-02");
  const Answer late = w.submit("sale.record", "SELLER", sale({{"sale", "'X-2'"}}));
  CHECK(late.accepted());
  CHECK(findings(late).starts_with("late-filing high"));
}

TEST_CASE("sale: a hospital with a seal card buys ephedrine without a purchase licence", "[steps][trade]") {
  World w = market();
  paper(w, "TR-9", "C1P-TRADE", "WHOLESALER", kEphedrine, 0);
  paper(w, "YJK-1", "YJK", "HOSPITAL", kMorphine, 0);
  const Members deal = {{"buyer", "'HOSPITAL'"},       {"substance", "'CN1-12a'"}, {"licence", "'TR-9'"},
                        {"quantity", quantity("1 g")}, {"permit", "'YJK-1'"},      {"exemption", "'EX-16'"}};
  const auto with = [&](const Members& changes) {
    Members all = deal;
    for (const auto& [name, value] : changes) all[name] = value;
    return sells(w, all, "WHOLESALER");
  };
  CHECK(with({{"exemption", ""}}) == "refused permit-wrong-kind /permit");
  CHECK(with({{"permit", ""}}) == "refused exemption-not-applicable /exemption");
  CHECK(with({{"buyer", "'BUYER'"}}) == "refused exemption-not-applicable /exemption");
  CHECK(with({{"exemption", "'EX-17'"}}) == "refused exemption-not-applicable /exemption");
  CHECK(with({}) == "ok");
  CHECK(w.row<Sale>("X-1")->exemption == "EX-16");
}

TEST_CASE("sale: a person buys 5 kg of permanganate without a paper, not a milligram more; a unit never does",
          "[steps][trade]") {
  World w = trade();
  w.unit("PERSON", "person", "360302");
  w.add(Setting{"permanganate_to_persons", "yes", 1});
  paper(w, "TR-4", "C3T-FILE", "SELLER", kPermanganate, 0);
  const auto small = [&](std::string_view buyer, std::string_view amount) {
    return sells(w, {{"buyer", "'" + std::string(buyer) + "'"},
                     {"substance", "'CN3-04'"},
                     {"licence", "'TR-4'"},
                     {"permit", ""},
                     {"exemption", "'EX-17'"},
                     {"quantity", quantity(amount)}});
  };
  CHECK(sells(w, {{"buyer", "'PERSON'"},
                  {"substance", "'CN3-04'"},
                  {"licence", "'TR-4'"},
                  {"permit", "'NONE'"},
                  {"exemption", "'EX-17'"},
                  {"quantity", quantity("1 kg")}}) == "refused exemption-not-applicable /exemption");
  CHECK(small("BUYER", "1 kg") == "refused exemption-not-applicable /exemption");
  CHECK(small("PERSON", "5.000001 kg") == "refused exemption-not-applicable /exemption");
  CHECK(small("PERSON", "5 kg") == "ok");
}

TEST_CASE("sale: medicines keep to their channel", "[steps][trade]") {
  World w = market();
  paper(w, "NT-1", "NP-TRADE", "WHOLESALER", kMorphine, 0);
  paper(w, "NT-2", "NP-TRADE", "WHOLESALER", kDiazepam, 0);
  paper(w, "NT-3", "NP-TRADE", "HOSPITAL", kMorphine, 0);
  paper(w, "YJK-1", "YJK", "HOSPITAL", kMorphine, 0);
  const Members morphine = {{"buyer", "'HOSPITAL'"},
                            {"substance", "'N-18'"},
                            {"licence", "'NT-1'"},
                            {"quantity", quantity("10 g")},
                            {"permit", "'YJK-1'"}};
  const auto with = [&](const Members& changes, std::string_view seller = "WHOLESALER") {
    Members all = morphine;
    for (const auto& [name, value] : changes) all[name] = value;
    return sells(w, all, seller);
  };
  CHECK(with({{"buyer", "'BUYER'"}, {"permit", ""}}) == "refused purchase-permit-required /permit");
  CHECK(with({{"buyer", "'BUYER'"}, {"permit", ""}, {"substance", "'P2-24'"}, {"licence", "'NT-2'"}}) ==
        "refused channel-forbidden /buyer");
  CHECK(with({{"buyer", "'WHOLESALER'"}, {"licence", "'NT-3'"}, {"permit", "'NT-1'"}}, "HOSPITAL") ==
        "refused channel-forbidden header/party");
  CHECK(with({{"payment", "'cash'"}}) == "refused no-cash /payment");
  CHECK(with({}) == "ok");
  CHECK(w.balance("held:YJK-1", kMorphine) == 0);
}

TEST_CASE("confirmation: the same quantity confirms, another is disputed and goods stay", "[steps][trade]") {
  World w = trade();
  CHECK(confirms(w, "10 kg") == "refused unknown-sale /sale");
  REQUIRE(sells(w) == "ok");
  CHECK(confirms(w, "10 kg", "FAR") == "refused not-the-buyer /sale");
  const Answer disputed =
      w.submit("sale.confirm", "BUYER", "{'sale':'X-1','quantity':" + quantity("9.999999 kg") + "}");
  CHECK(findings(disputed) == "sale-disputed high [1,1] (100,101] ");
  CHECK(w.row<Sale>("X-1")->state == SaleState::disputed);
  CHECK(w.row<Obligation>("confirm-sale:sale:X-1")->closed == 101);
  CHECK(does(w, "transfer.dispatch", "SELLER", dispatch()) == "refused sale-in-dispute /sale");
  CHECK(confirms(w, "10000 g") == "ok");
  CHECK(w.row<Sale>("X-1")->state == SaleState::confirmed);
  CHECK(confirms(w, "10 kg") == "refused sale-confirmed /sale");
}
