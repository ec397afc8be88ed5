#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

/// 100 kg on the road with CARRIER, who counted them.
World carried() {
  World w = trade();
  w.unit("SECOND", "carrier", "360302");
  ensure(does(w, "sale.record", "SELLER", sale({{"quantity", quantity("100 kg")}})) == "ok", "sold");
  ensure(sends(w, {{"lines", "[" + line("L-1", "100 kg") + "]"}}) == "ok", "sent");
  const std::string carry =
      "{'consignment':'C-1','vehicle':'赣J00T01','seals_intact':'yes','lines':[" + line("L-1", "100 kg") + "]}";
  ensure(does(w, "transfer.carry", "CARRIER", carry) == "ok", "carried");
  return w;
}

std::string handover(const Members& changes = {}) {
  return payload({{"consignment", "'C-1'"}, {"vehicle", "'赣J00T02'"}, {"seals_intact", "'yes'"}, {"seals", "'K-18'"}},
                 changes);
}

std::vector<Signer> both(World& w) { return {w.admin("SECOND"), w.admin("CARRIER")}; }

std::string count(std::string_view amount) {
  return "{'consignment':'C-1','seals_intact':'yes','lines':[" + line("L-1", amount) + "]}";
}

const std::string kCancel = "{'consignment':'C-1','reason':'未装车'}";

}  // namespace

TEST_CASE("handover: both carriers sign, and the goods are in the hands of the second", "[steps][movement]") {
  World w = carried();
  CHECK(does(w, "transfer.handover", "SECOND", handover()) == "refused handover-needs-giver /consignment");
  CHECK(does(w, "transfer.handover", "CARRIER", handover()) == "refused handover-to-self header/party");
  CHECK(does(w, "transfer.handover", "SECOND", handover({{"vehicle", ""}, {"seals_intact", "'maybe'"}}), both(w)) ==
        "refused payload-form /vehicle:required /seals_intact:not_allowed");
  CHECK(does(w, "transfer.handover", "SECOND", handover({{"consignment", "'C-9'"}}), both(w)) ==
        "refused unknown-consignment /consignment");
  CHECK(does(w, "transfer.handover", "SECOND", handover(), both(w)) == "ok");
  CHECK(w.row<Consignment>("C-1")->custodian == "SECOND");
  CHECK(w.row<Consignment>("C-1")->vehicle == "赣J00T02");
  CHECK(w.row<Handover>("C-1", "001")->giver == "CARRIER");
  CHECK(w.row<Handover>("C-1", "001")->seq == 103);
}

TEST_CASE("handover: not before the first carrier has taken over", "[steps][movement]") {
  World w = on_the_road();
  w.unit("SECOND", "carrier", "360302");
  CHECK(does(w, "transfer.handover", "SECOND", handover(), both(w)) == "refused not-carried /consignment");
}

TEST_CASE("handover: counted at the handover, a loss before it is the first carrier's", "[steps][movement]") {
  World w = carried();
  const Answer less =
      w.submit("transfer.handover", "SECOND", handover({{"lines", "[" + line("L-1", "98.8 kg") + "]"}}), both(w));
  CHECK(verdict(w, less) == "ok");
  CHECK(findings(less).starts_with("handover-differs medium"));
  CHECK(findings(less).find("(102,103] CARRIER 赣J00T01 K-17") != std::string::npos);
  const Answer counted = w.submit("transfer.count", "BUYER", count("98.8 kg"));
  CHECK(findings(counted).find("(102,103] CARRIER") != std::string::npos);
}

TEST_CASE("handover: counted at the handover, a loss after it is the second carrier's", "[steps][movement]") {
  World w = carried();
  REQUIRE(does(w, "transfer.handover", "SECOND", handover({{"lines", "[" + line("L-1", "100 kg") + "]"}}), both(w)) ==
          "ok");
  const Answer counted = w.submit("transfer.count", "BUYER", count("98.8 kg"));
  CHECK(findings(counted) == "loss-in-transit medium [603600,1796400] (103,104] SECOND 赣J00T02 K-18");
}

TEST_CASE("handover: without a count the interval spans both carriers", "[steps][movement]") {
  World w = carried();
  REQUIRE(does(w, "transfer.handover", "SECOND", handover(), both(w)) == "ok");
  const Answer counted = w.submit("transfer.count", "BUYER", count("98.8 kg"));
  CHECK(findings(counted) == "loss-in-transit medium [603600,1796400] (102,104] CARRIER 赣J00T02 K-18");
}

TEST_CASE("handover: to a carrier the paper does not name, to a unit that is none, and after the count",
          "[steps][movement]") {
  World w = carried();
  paper(w, "TP-1", "C2-TRAN-3", "SELLER", kAnhydride, 100 * kKg);
  edit(w, "TP-1", [](Permit& p) { p.carrier = "CARRIER"; });
  Consignment head = *w.row<Consignment>("C-1");
  head.permit = "TP-1";
  w.add(head);
  w.unit("SECOND", "trader", "360302");
  const Answer odd = w.submit("transfer.handover", "SECOND", handover({{"seals_intact", "'no'"}}), both(w));
  CHECK(findings(odd).find("carrier-differs high") == 0);
  CHECK(findings(odd).find("not-a-carrier-unit high") != std::string::npos);
  CHECK(findings(odd).find("seal-broken high") != std::string::npos);
  World v = carried();
  REQUIRE(does(v, "transfer.count", "BUYER", count("100 kg")) == "ok");
  CHECK(findings(v.submit("transfer.handover", "SECOND", handover(), both(v))).starts_with("handover-late high"));
}

TEST_CASE("transfer.cancel: before anybody else signed the goods and the paper are as before", "[steps][movement]") {
  World w = far_trade(10 * kKg);
  REQUIRE(sends(w, far()) == "ok");
  CHECK(does(w, "transfer.cancel", "FAR", kCancel) == "refused not-the-sender /consignment");
  CHECK(does(w, "transfer.cancel", "SELLER", "{'consignment':'C-1'}") == "refused payload-form /reason:required");
  CHECK(does(w, "transfer.cancel", "SELLER", kCancel) == "ok");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 500 * kKg);
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 0);
  CHECK(w.balance("permit:TP-1", kAnhydride) == 10 * kKg);
  CHECK(w.balance("held:GB-F", kAnhydride) == 10 * kKg);
  CHECK(w.row<Sale>("X-1")->dispatched == 0);
  CHECK(w.row<Obligation>("receive:consignment:C-1")->closed == 102);
  CHECK(w.row<Obligation>("carry:consignment:C-1")->closed == 102);
  CHECK(does(w, "transfer.cancel", "SELLER", kCancel) == "refused signed-by-others /consignment");
  CHECK(sends(w, far({{"consignment", "'C-2'"}})) == "ok");
}

TEST_CASE("transfer.cancel: not once the carrier or the receiver has signed", "[steps][movement]") {
  World w = carried();
  CHECK(does(w, "transfer.cancel", "SELLER", kCancel) == "refused signed-by-others /consignment");
}

TEST_CASE("transfer.cancel: goods that arrive all the same are counted and found, and stay in the sender's book",
          "[steps][movement]") {
  World w = on_the_road();
  REQUIRE(does(w, "transfer.cancel", "SELLER", kCancel) == "ok");
  const Answer counted = w.submit("transfer.count", "BUYER", count("10 kg"));
  CHECK(verdict(w, counted) == "ok");
  CHECK(findings(counted).starts_with("moved-after-cancel critical"));
  CHECK(w.row<Consignment>("C-1")->state == ConsignmentState::cancelled);
  CHECK(does(w, "transfer.accept", "BUYER", "{'consignment':'C-1'}") == "refused already-settled /consignment");
}

TEST_CASE("carry: the carrier names the paper it saw, and it is in force", "[steps][movement]") {
  const auto carry = [](const Members& changes) {
    return payload({{"consignment", "'C-1'"},
                    {"vehicle", "'赣J00T01'"},
                    {"seals_intact", "'yes'"},
                    {"lines", "[" + line("L-1", "10 kg") + "]"}},
                   changes);
  };
  const auto found = [&](const Members& changes, PermitStatus status) {
    World w = far_trade(10 * kKg);
    ensure(sends(w, far()) == "ok", "sent");
    edit(w, "TP-1", [&](Permit& p) { p.status = status; });
    return findings(w.submit("transfer.carry", "CARRIER", carry(changes)));
  };
  CHECK(found({{"permit", "'TP-1'"}}, PermitStatus::issued).empty());
  CHECK(found({}, PermitStatus::issued).starts_with("paper-not-seen medium"));
  CHECK(found({{"permit", "'TP-2'"}}, PermitStatus::issued).starts_with("paper-differs high"));
  CHECK(found({{"permit", "'TP-1'"}}, PermitStatus::suspended).starts_with("paper-not-in-force high"));
}

TEST_CASE("dispatch: narcotics travel on a transport certificate also inside the city", "[steps][movement]") {
  World w = trade();
  stock(w, "S-SELLER", "M-1", kMorphine, 1'000'000);
  const Members own = {{"receiver", "'SELLER'"},
                       {"to_site", "'S-SELLER-2'"},
                       {"sale", ""},
                       {"carrier", ""},
                       {"lines", "[" + line("M-1", "1 g") + "]"}};
  CHECK(sends(w, own) == "refused transport-permit-required /permit");
  paper(w, "NP-1", "NP-TRAN", "SELLER", kMorphine, 1'000'000);
  Members with_paper = own;
  with_paper["permit"] = "'NP-1'";
  CHECK(does(w, "transfer.dispatch", "SELLER", dispatch(with_paper), two(w, "SELLER")) == "ok");
  stock(w, "S-SELLER", "D-1", kDiazepam, 1'000'000);
  Members second_class = own;
  second_class["lines"] = "[" + line("D-1", "1 g") + "]";
  second_class["consignment"] = "'C-2'";
  CHECK(sends(w, second_class) == "ok");
}

namespace {

/// 10 kg were delivered to BUYER on GB-1.
World delivered(std::string_view permit = "GB-1") {
  World w = trade();
  paper(w, "GB-2", "C23-BUY-1", "BUYER", kAnhydride, 10 * kKg);
  ensure(does(w, "sale.record", "SELLER", sale({{"permit", "'" + std::string(permit) + "'"}})) == "ok", "sold");
  ensure(sends(w) == "ok", "sent");
  ensure(does(w, "transfer.count", "BUYER", count("10 kg")) == "ok", "counted");
  ensure(does(w, "transfer.accept", "BUYER", "{'consignment':'C-1'}") == "ok", "accepted");
  return w;
}

std::string sends_back(World& w, std::string_view amount, std::string_view by = "BUYER") {
  return does(w, "transfer.dispatch", by,
              dispatch({{"consignment", "'R-1'"},
                        {"receiver", "'SELLER'"},
                        {"from_site", "'S-BUYER'"},
                        {"to_site", "'S-SELLER'"},
                        {"sale", ""},
                        {"returns", "'X-1'"},
                        {"lines", "[" + line("L-1", amount) + "]"}}));
}

}  // namespace

TEST_CASE("return: goods that come back free the paper they were bought on", "[steps][movement]") {
  World w = delivered();
  CHECK(sends_back(w, "10.000001 kg") == "refused return-exceeded /returns");
  CHECK(sends_back(w, "4 kg") == "ok");
  CHECK(w.row<Sale>("X-1")->returned == 4 * kKg);
  CHECK(w.balance("used:GB-1", kAnhydride) == 10 * kKg);
  const std::string back = "{'consignment':'R-1','seals_intact':'yes','lines':[" + line("L-1", "4 kg") + "]}";
  REQUIRE(does(w, "transfer.count", "SELLER", back) == "ok");
  REQUIRE(does(w, "transfer.accept", "SELLER", "{'consignment':'R-1'}") == "ok");
  CHECK(w.balance("used:GB-1", kAnhydride) == 6 * kKg);
  CHECK(w.balance("permit:GB-1", kAnhydride) == 94 * kKg);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 494 * kKg);
}

TEST_CASE("return: a used-up paper within its days lives again", "[steps][movement]") {
  World w = trade();
  paper(w, "GB-1", "C23-BUY-N", "BUYER", kAnhydride, 10 * kKg);
  w.add_balance("granted", kAnhydride, "", -10 * kKg);
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  REQUIRE(sends(w) == "ok");
  REQUIRE(does(w, "transfer.count", "BUYER", count("10 kg")) == "ok");
  REQUIRE(does(w, "transfer.accept", "BUYER", "{'consignment':'C-1'}") == "ok");
  REQUIRE(w.row<Permit>("GB-1")->status == PermitStatus::used_up);
  REQUIRE(sends_back(w, "1 kg") == "ok");
  const std::string back = "{'consignment':'R-1','seals_intact':'yes','lines':[" + line("L-1", "1 kg") + "]}";
  REQUIRE(does(w, "transfer.count", "SELLER", back) == "ok");
  REQUIRE(does(w, "transfer.accept", "SELLER", "{'consignment':'R-1'}") == "ok");
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::issued);
  CHECK(w.row<Obligation>("write-off:permit:GB-1")->closed == kNone);
}

TEST_CASE("return: on a paper for one use, or past its days, a new paper is needed", "[steps][movement]") {
  World once = delivered("GB-2");
  CHECK(sends_back(once, "1 kg") == "refused return-needs-new-permit /returns");
  World late = delivered();
  late.go_to("2026-04-01");
  CHECK(sends_back(late, "1 kg") == "refused return-needs-new-permit /returns");
  World other = delivered();
  stock(other, "S-MAKER", "L-7", kAnhydride, kKg);
  CHECK(does(other, "transfer.dispatch", "MAKER",
             dispatch({{"receiver", "'SELLER'"},
                       {"from_site", "'S-MAKER'"},
                       {"to_site", "'S-SELLER'"},
                       {"consignment", "'R-1'"},
                       {"sale", ""},
                       {"returns", "'X-1'"},
                       {"lines", "[" + line("L-7", "1 kg") + "]"}})) == "refused return-of-others /returns");
}

TEST_CASE("return: refused and taken back, nothing was returned", "[steps][movement]") {
  World w = delivered();
  REQUIRE(sends_back(w, "4 kg") == "ok");
  REQUIRE(does(w, "transfer.cancel", "BUYER", "{'consignment':'R-1','reason':'不退了'}") == "ok");
  CHECK(w.row<Sale>("X-1")->returned == 0);
  CHECK(w.balance("used:GB-1", kAnhydride) == 10 * kKg);
}
