#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

std::string sells(World& w, const Members& changes = {}) { return does(w, "sale.record", "SELLER", sale(changes)); }

/// A market with potassium permanganate and a verified individual.
World chemist() {
  World w = trade();
  w.unit("P-1", "person", "360302");
  w.site("S-P-1", "P-1", "360302");
  stock(w, "S-SELLER", "K-1", kPermanganate, 500 * kKg);
  paper(w, "TR-3", "C3T-FILE", "SELLER", kPermanganate, 0);
  paper(w, "GB-K", "C23-BUY-N", "BUYER", kPermanganate, 100 * kKg);
  return w;
}

Members permanganate(const Members& changes = {}) {
  Members all = {{"buyer", "'P-1'"}, {"substance", "'CN3-04'"}, {"licence", "'TR-3'"},
                 {"permit", ""},     {"exemption", "'EX-17'"},  {"quantity", quantity("5 kg")}};
  for (const auto& [name, value] : changes) all[name] = value;
  return all;
}

}  // namespace

TEST_CASE("sale: class 1 goes only after the seller has seen paper and person and kept copies", "[steps][trade]") {
  World w = trade();
  paper(w, "TR-P", "C1-TRADE", "SELLER", kPiperonal, 0);
  paper(w, "GB-P", "C1-BUY", "BUYER", kPiperonal, 50 * kKg);
  const Members class1 = {{"substance", "'CN1-03'"}, {"licence", "'TR-P'"}, {"permit", "'GB-P'"}};
  Members unchecked = class1, half = class1;
  unchecked["checks"] = "";
  half["checks"] = "['paper-seen','identity-seen']";
  CHECK(sells(w, unchecked) == "refused seller-checks-missing /checks");
  const Answer missing = w.submit("sale.record", "SELLER", sale(half));
  CHECK(fact(missing, "missing") == "copies-kept");
  CHECK(sells(w, class1) == "ok");
}

TEST_CASE("sale: class 2 without the copies is recorded and found", "[steps][trade]") {
  World w = trade();
  const Answer answer = w.submit("sale.record", "SELLER", sale({{"checks", ""}}));
  CHECK(verdict(w, answer) == "ok");
  CHECK(findings(answer) == "copies-not-kept low [0,0] (-1,100] ");
  CHECK(sells(w, {{"sale", "'X-2'"}, {"checks", "['believed']"}}) == "refused payload-form /checks/0:not_allowed");
}

TEST_CASE("sale: no cash and no barter between units, of any class", "[steps][trade]") {
  World w = chemist();
  CHECK(sells(w, {{"payment", "'cash'"}}) == "refused no-cash /payment");
  const Members class3 = permanganate({{"buyer", "'BUYER'"}, {"permit", "'GB-K'"}, {"exemption", ""}});
  Members cash = class3, barter = class3;
  cash["payment"] = "'cash'";
  barter["payment"] = "'barter'";
  CHECK(sells(w, cash) == "refused no-cash /payment");
  CHECK(sells(w, barter) == "refused no-cash /payment");
  CHECK(sells(w, class3) == "ok");
}

TEST_CASE("sale: an individual may pay class 3 in cash, and may not buy class 1 or 2", "[steps][trade]") {
  World w = chemist();
  paper(w, "TR-A", "C3T-FILE", "SELLER", kAcetone, 0);
  paper(w, "GB-A", "C23-BUY-1", "P-1", kAcetone, kKg);
  const Members acetone = {{"buyer", "'P-1'"},   {"substance", "'CN3-02'"},      {"licence", "'TR-A'"},
                           {"permit", "'GB-A'"}, {"quantity", quantity("1 kg")}, {"payment", "'cash'"}};
  CHECK(sells(w, acetone) == "ok");
  CHECK(sells(w, {{"buyer", "'P-1'"}, {"sale", "'X-2'"}}) == "refused buyer-banned /buyer");
}

TEST_CASE("sale: potassium permanganate goes to no individual unless the officer in charge decided so",
          "[steps][trade]") {
  World w = chemist();
  const Answer banned = w.submit("sale.record", "SELLER", sale(permanganate()));
  CHECK(banned.says() == "refused buyer-banned /buyer");
  CHECK(fact(banned, "ban") == "HAZ-41");
  w.add(Setting{"permanganate_to_persons", "no", 1});
  CHECK(sells(w, permanganate()) == "refused buyer-banned /buyer");
  w.add(Setting{"permanganate_to_persons", "yes", 2});
  CHECK(sells(w, permanganate({{"quantity", quantity("5.000001 kg")}})) ==
        "refused exemption-not-applicable /exemption");
  CHECK(sells(w, permanganate()) == "ok");
}

TEST_CASE("sale: 5 kg at a time, 50 kg a year, and the eleventh purchase is too much", "[steps][trade]") {
  World w = chemist();
  w.add(Setting{"permanganate_to_persons", "yes", 2});
  for (int n = 1; n <= 10; ++n) REQUIRE(sells(w, permanganate({{"sale", "'X-" + std::to_string(n) + "'"}})) == "ok");
  const Members one_more = permanganate({{"sale", "'X-11'"}, {"quantity", quantity("1 mg")}});
  CHECK(sells(w, one_more) == "refused year-exceeded /quantity");
  CHECK(does(w, "sale.cancel", "SELLER", "{'sale':'X-3','reason':'未成交'}") == "ok");
  CHECK(sells(w, one_more) == "ok");
}

TEST_CASE("sale: potassium permanganate is filed by seller and buyer in five days", "[steps][trade]") {
  World w = chemist();
  const Members deal = permanganate({{"buyer", "'BUYER'"}, {"permit", "'GB-K'"}, {"exemption", ""}});
  w.go_to("2026-03-07");
  CHECK(findings(w.submit("sale.record", "SELLER", sale(deal))).empty());
  w.go_to("2026-03-08");
  Members late = deal;
  late["sale"] = "'X-2'";
  CHECK(findings(w.submit("sale.record", "SELLER", sale(late))).starts_with("late-filing high"));
  const Answer confirmed = w.submit("sale.confirm", "BUYER", "{'sale':'X-1','quantity':" + quantity("5 kg") + "}");
  CHECK(findings(confirmed).starts_with("late-filing high"));
  CHECK(confirmed.outcome.changes<Finding>().front().after.party == "BUYER");
}

TEST_CASE("sale: goods go to another than the buyer on a written mandate only", "[steps][trade]") {
  World w = trade();
  CHECK(sells(w, {{"consignee", "'FAR'"}}) == "refused mandate-required /mandate");
  CHECK(sells(w, {{"consignee", "'FAR'"}, {"mandate", "'WT-1'"}}) == "refused seller-checks-missing /checks");
  const std::string seen = "['paper-seen','identity-seen','mandate-seen','copies-kept']";
  CHECK(sells(w, {{"consignee", "'NOBODY'"}, {"mandate", "'WT-1'"}, {"checks", seen}}) ==
        "refused unknown-party /consignee");
  w.unit("AGENT", "trader", "360302");
  w.site("S-AGENT", "AGENT", "360302");
  REQUIRE(sells(w, {{"consignee", "'AGENT'"}, {"mandate", "'WT-1'"}, {"checks", seen}}) == "ok");
  CHECK(sends(w) == "refused sale-of-others /sale");
  CHECK(sends(w, {{"receiver", "'AGENT'"}, {"to_site", "'S-AGENT'"}}) == "ok");
}

TEST_CASE("party.register: an individual keeps name, number and address out of the payload", "[steps][who]") {
  World w;
  const std::string key = World::key_json("handset");
  const auto registers = [&](const Members& changes) {
    return w
        .submit("party.register", "P-9",
                payload({{"name", "'个人'"}, {"kinds", "['person']"}, {"region", "'360302'"}, {"key", key}}, changes),
                {w.new_key("P-9", "handset")})
        .says();
  };
  CHECK(registers({{"name", "'王某'"}}) == "refused payload-form /name:personal_data");
  CHECK(registers({{"kinds", "['person','trader']"}}) == "refused payload-form /kinds:person_alone");
  CHECK(registers({{"address", "'某路1号'"}}) == "refused payload-form /address:unknown_field");
  CHECK(registers({}).starts_with("accepted"));
  CHECK(w.row<Party>("P-9")->kinds == "person");
}

TEST_CASE("sale.cancel: the rest is free again; after the confirmation both sign", "[steps][trade]") {
  World w = trade();
  const std::string cancel = "{'sale':'X-1','reason':'合同解除'}";
  CHECK(does(w, "sale.cancel", "SELLER", cancel) == "refused unknown-sale /sale");
  REQUIRE(sells(w) == "ok");
  CHECK(does(w, "sale.cancel", "MAKER", cancel) == "refused not-your-sale /sale");
  CHECK(does(w, "sale.cancel", "BUYER", cancel) == "refused cancel-needs-both /sale");
  REQUIRE(does(w, "sale.confirm", "BUYER", "{'sale':'X-1','quantity':" + quantity("10 kg") + "}") == "ok");
  CHECK(does(w, "sale.cancel", "SELLER", cancel) == "refused cancel-needs-both /sale");
  REQUIRE(sends(w, {{"lines", "[" + line("L-1", "4 kg") + "]"}}) == "ok");
  CHECK(does(w, "sale.cancel", "SELLER", cancel, {w.admin("SELLER"), w.admin("BUYER")}) == "ok");
  CHECK(w.balance("held:GB-1", kAnhydride) == 4 * kKg);
  CHECK(w.balance("permit:GB-1", kAnhydride) == 96 * kKg);
  CHECK(w.row<Sale>("X-1")->state == SaleState::cancelled);
  CHECK(sends(w, {{"consignment", "'C-2'"}}) == "refused sale-cancelled /sale");
  CHECK(does(w, "sale.cancel", "SELLER", cancel, {w.admin("SELLER"), w.admin("BUYER")}) ==
        "refused nothing-to-cancel /sale");
}

TEST_CASE("sale.cancel: what is on the road settles; a paper past its days is freed by its holder alone",
          "[steps][trade]") {
  World w = trade();
  REQUIRE(sells(w) == "ok");
  REQUIRE(does(w, "sale.confirm", "BUYER", "{'sale':'X-1','quantity':" + quantity("10 kg") + "}") == "ok");
  w.go_to("2026-04-02");
  CHECK(does(w, "permit.close", "BUYER", "{'permit':'GB-1','statement':'未使用'}") == "refused permit-held /permit");
  CHECK(does(w, "sale.cancel", "BUYER", "{'sale':'X-1','reason':'证件到期'}") == "ok");
  CHECK(does(w, "permit.close", "BUYER", "{'permit':'GB-1','statement':'未使用'}") == "ok");
  CHECK(w.balance("held:GB-1", kAnhydride) == 0);
  CHECK(does(w, "sale.confirm", "BUYER", "{'sale':'X-1','quantity':" + quantity("10 kg") + "}") ==
        "refused sale-confirmed /sale");
}
