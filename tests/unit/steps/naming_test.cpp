#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

/// The county in which the case of a name is open; "known" when there is none to look into, "-" when nobody named it.
std::string case_of(const World& w, const std::string& id) {
  const auto* row = w.row<Named>(id);
  if (!row) return "-";
  const auto* open = w.row<Obligation>("onboard:" + id);
  return open && open->closed == kNone ? open->region : "known";
}

std::size_t cases(const Answer& answer) {
  std::size_t n = 0;
  for (const auto& change : answer.outcome.changes<Obligation>()) n += change.after.kind == "onboard" && !change.before;
  return n;
}

std::string carry(const char* plate) {
  return "{'consignment':'C-1','vehicle':'" + std::string(plate) + "','seals_intact':'yes','lines':[" +
         line("L-1", "10 kg") + "]}";
}

}  // namespace

TEST_CASE("coverage: an unknown plate at dispatch opens a case in the sender's county, once", "[steps][coverage]") {
  World w = trade();
  REQUIRE(does(w, "sale.record", "SELLER", sale({{"quantity", quantity("20 kg")}})) == "ok");
  const Answer first = w.submit("transfer.dispatch", "SELLER", dispatch());
  REQUIRE(first.accepted());
  CHECK(case_of(w, "plate:赣J00T01") == "360302");
  CHECK(w.row<Named>("plate:赣J00T01")->named_by == "SELLER");
  CHECK(local_date(w.row<Obligation>("onboard:plate:赣J00T01")->due.plus_ms(-1)).str() == "2026-03-16");
  CHECK(cases(w.submit("transfer.dispatch", "SELLER", dispatch({{"consignment", "'C-2'"}}))) == 0);
}

TEST_CASE("coverage: a plate that its unit has added opens nothing", "[steps][coverage]") {
  World w = trade();
  REQUIRE(does(w, "vehicle.add", "CARRIER", "{'plate':'赣J00T01','kind':'truck'}") == "ok");
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  const Answer sent = w.submit("transfer.dispatch", "SELLER", dispatch());
  REQUIRE(sent.accepted());
  CHECK(cases(sent) == 0);
}

TEST_CASE("coverage: another plate at pick-up and at a handover is a case of the carrier's county",
          "[steps][coverage]") {
  World w = on_the_road();
  w.unit("SECOND", "carrier", "360321");
  REQUIRE(does(w, "transfer.carry", "CARRIER", carry("赣J00T02")) == "ok");
  CHECK(case_of(w, "plate:赣J00T02") == "360302");
  const Answer handed =
      w.submit("transfer.handover", "SECOND", "{'consignment':'C-1','vehicle':'赣J00T03','seals_intact':'yes'}",
               {w.admin("SECOND"), w.admin("CARRIER")});
  REQUIRE(handed.accepted());
  CHECK(case_of(w, "plate:赣J00T03") == "360321");
}

TEST_CASE("coverage: a refused dispatch names nobody", "[steps][coverage]") {
  World w = trade();
  CHECK(sends(w, {{"sale", ""}}) == "refused sale-required /sale");
  CHECK(case_of(w, "plate:赣J00T01") == "-");
}

TEST_CASE("coverage: the sender abroad of an import, and the receiver abroad of an export", "[steps][coverage]") {
  World w = trade();
  REQUIRE(does(w, "import.receive", "MAKER",
               payload({{"site", "'S-MAKER'"},
                        {"lot", "'I-1'"},
                        {"substance", "'CN2-02'"},
                        {"quantity", quantity("60 kg")},
                        {"country", "'DE'"},
                        {"exporter", "'Chemie GmbH'"},
                        {"declaration", "'480120260000000001'"},
                        {"received_on", "'2026-03-02'"}})) == "ok");
  CHECK(case_of(w, "foreign:DE:Chemie GmbH") == "360302");
  stock(w, "S-SELLER", "A-1", kAcetone, 500 * kKg);
  paper(w, "EX-1", "EXP", "SELLER", kAcetone, 50 * kKg);
  REQUIRE(does(w, "export.depart", "SELLER",
               payload({{"site", "'S-SELLER'"},
                        {"lot", "'A-1'"},
                        {"quantity", quantity("40 kg")},
                        {"permit", "'EX-1'"},
                        {"country", "'SG'"},
                        {"consignee", "'Lim Pte'"},
                        {"declaration", "'480120260000000002'"},
                        {"departed_on", "'2026-03-02'"}})) == "ok");
  CHECK(case_of(w, "foreign:SG:Lim Pte") == "360302");
}

TEST_CASE("coverage: a notice to a partner country names its parties there, not the unit here", "[steps][coverage]") {
  World w = market();
  w.unit("EXPORTER", "exporter", "360302");
  w.agency("CO-JX", "CO", "P", "360000");
  REQUIRE(does(w, "border.notify", "CO-JX",
               payload({{"border_case", "'PEN-1'"},
                        {"direction", "'export'"},
                        {"party", "'EXPORTER'"},
                        {"country", "'SG'"},
                        {"authority", "'CNB'"},
                        {"exporter_name", "'萍乡出口'"},
                        {"exporter_address", "'安源区一号'"},
                        {"importer_name", "'Lim Pte'"},
                        {"importer_address", "'1 Quay'"},
                        {"consignee_name", "'Tan Ltd'"},
                        {"end_use", "'acetylation'"},
                        {"substance", "'CN2-02'"},
                        {"quantity", quantity("40 kg")},
                        {"mode", "'sea'"},
                        {"port_exit", "'Shanghai'"},
                        {"port_entry", "'Singapore'"},
                        {"dispatch_on", "'2026-03-20'"},
                        {"reply_by", "'2026-03-17'"}})) == "ok");
  CHECK(case_of(w, "foreign:SG:Lim Pte") == "360302");
  CHECK(case_of(w, "foreign:SG:Tan Ltd") == "360302");
  CHECK(case_of(w, "foreign:SG:萍乡出口") == "-");
}

TEST_CASE("coverage: a vehicle that is stopped and the units on its papers, where the registry does not know them",
          "[steps][coverage]") {
  World w = on_the_road();
  w.agency("PS-CITY", "PS", "C", "360300");
  REQUIRE(w.submit("checkpoint.stop", "PS-CITY",
                   payload({{"stop", "'T-1'"},
                            {"vehicle", "'赣J00T09'"},
                            {"place", "'东出口'"},
                            {"region", "'360321'"},
                            {"paper", "'not-needed'"},
                            {"owner", "'SELLER'"},
                            {"consignee", "'STRANGER'"},
                            {"carrier", "'WHEELS'"},
                            {"lines", "[{'substance':'CN2-02','quantity':" + quantity("10 kg") + "}]"}}))
              .accepted());
  CHECK(case_of(w, "plate:赣J00T09") == "360321");
  CHECK(case_of(w, "name:STRANGER") == "360321");
  CHECK(w.row<Named>("name:WHEELS")->what == "carrier");
  CHECK(case_of(w, "name:SELLER") == "-");
}
