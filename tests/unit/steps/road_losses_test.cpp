#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

/// 100 kg on the road with CARRIER; nobody has signed for them yet.
World sent() {
  World w = trade();
  w.unit("SECOND", "carrier", "360302");
  w.agency("PS-CITY", "PS", "C", "360300");
  ensure(does(w, "sale.record", "SELLER", sale({{"quantity", quantity("100 kg")}})) == "ok", "sold");
  ensure(sends(w, {{"lines", "[" + line("L-1", "100 kg") + "]"}}) == "ok", "sent");
  return w;
}

std::string lines(std::string_view amount) { return "'lines':[" + line("L-1", amount) + "]"; }

std::string carries(World& w, std::string_view amount) {
  return findings(w.submit("transfer.carry", "CARRIER",
                           "{'consignment':'C-1','vehicle':'赣J00T01','seals_intact':'yes'," + lines(amount) + "}"));
}

std::string hands_over(World& w, std::string_view amount) {
  return findings(w.submit("transfer.handover", "SECOND",
                           "{'consignment':'C-1','vehicle':'赣J00T02','seals_intact':'yes'," + lines(amount) + "}",
                           {w.admin("SECOND"), w.admin("CARRIER")}));
}

std::string stops(World& w, std::string_view amount) {
  return findings(
      w.submit("checkpoint.stop", "PS-CITY",
               payload({{"stop", "'T-1'"},
                        {"vehicle", "'赣J00T01'"},
                        {"place", "'东出口'"},
                        {"region", "'360302'"},
                        {"consignment", "'C-1'"},
                        {"paper", "'not-needed'"},
                        {"lines", "[{'substance':'CN2-02','lot':'L-1','quantity':" + quantity(amount) + "}]"}})));
}

std::string counts(World& w, std::string_view amount) {
  return findings(
      w.submit("transfer.count", "BUYER", "{'consignment':'C-1','seals_intact':'yes'," + lines(amount) + "}"));
}

/// What all findings together say is missing, in grams.
std::int64_t missing(World& w) {
  std::int64_t sum = 0;
  for (const auto& [key, slot] : w.facts().slots<Finding>())
    if (slot.row && slot.row->missing > 0) sum += slot.row->missing - slot.row->settled;
  return sum / 1000;
}

}  // namespace

TEST_CASE("road: less at pick-up and less again at a handover are two losses, each counted once", "[steps][movement]") {
  World w = sent();
  CHECK(carries(w, "98.8 kg").starts_with("carry-differs"));
  CHECK(missing(w) == 1200);
  CHECK(hands_over(w, "97 kg").starts_with("handover-differs"));
  CHECK(missing(w) == 3000);
  // The receiver's count is about all of it, and takes both over.
  CHECK(counts(w, "97 kg").starts_with("loss-in-transit"));
  CHECK(missing(w) == 3000);
  CHECK(w.row<Finding>("F-102-1")->result == FindingResult::continued);
  CHECK(w.row<Finding>("F-103-1")->result == FindingResult::continued);
  CHECK(w.row<Finding>("F-102-1")->same_as == "F-104-1");
  REQUIRE(does(w, "transfer.accept", "BUYER", "{'consignment':'C-1'}") == "ok");
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 3 * kKg);
}

TEST_CASE("road: a handover that finds what the pick-up found adds nothing", "[steps][movement]") {
  World w = sent();
  CHECK(carries(w, "98.8 kg").starts_with("carry-differs"));
  CHECK(hands_over(w, "98.8 kg").empty());
  CHECK(missing(w) == 1200);
}

TEST_CASE("road: a stop shows what differs from the paper, and counts only what no finding shows yet",
          "[steps][movement]") {
  World w = sent();
  CHECK(carries(w, "98.8 kg").starts_with("carry-differs"));
  CHECK(stops(w, "98.8 kg").find("stop-quantity") != std::string::npos);
  CHECK(missing(w) == 1200);
  World more = sent();
  CHECK(carries(more, "98.8 kg").starts_with("carry-differs"));
  CHECK(stops(more, "95 kg").find("stop-quantity") != std::string::npos);
  CHECK(missing(more) == 5000);
  CHECK(counts(more, "95 kg").starts_with("loss-in-transit"));
  CHECK(missing(more) == 5000);
}

TEST_CASE("road: a carrier that signs after the count shows the same goods, not more", "[steps][movement]") {
  World w = sent();
  CHECK(counts(w, "97 kg").starts_with("loss-in-transit"));
  CHECK(carries(w, "98 kg").starts_with("carry-differs"));
  CHECK(missing(w) == 3000);
}

TEST_CASE("road: a report covers what several measurements have shown, and what is beyond", "[steps][movement]") {
  World w = sent();
  CHECK(carries(w, "98.8 kg").starts_with("carry-differs"));
  CHECK(hands_over(w, "97 kg").starts_with("handover-differs"));
  REQUIRE(does(w, "loss.report", "SECOND",
               payload({{"consignment", "'C-1'"},
                        {"lot", "'L-1'"},
                        {"quantity", quantity("4 kg")},
                        {"kind", "'lost'"},
                        {"discovered", "'2026-03-02T01:00:00.000Z'"},
                        {"circumstances", "'x'"}})) == "ok");
  CHECK(missing(w) == 4000);
  CHECK(w.balance("lost", kAnhydride, "L-1") == 4 * kKg);
}

TEST_CASE("site: what two counts have shown missing is lost once when it is reported", "[steps][losing]") {
  World w = trade();
  w.agency("PS-CITY", "PS", "C", "360300");
  for (const char* amount : {"490 kg", "485 kg"})
    REQUIRE(does(w, "stock.count", "SELLER", "{'site':'S-SELLER','counted_on':'2026-03-02'," + lines(amount) + "}") ==
            "ok");
  CHECK(missing(w) == 15000);
  REQUIRE(does(w, "loss.report", "SELLER",
               payload({{"site", "'S-SELLER'"},
                        {"lot", "'L-1'"},
                        {"quantity", quantity("15 kg")},
                        {"kind", "'stolen'"},
                        {"discovered", "'2026-03-02T01:00:00.000Z'"},
                        {"circumstances", "'x'"}})) == "ok");
  CHECK(missing(w) == 15000);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 485 * kKg);
  CHECK(w.balance("counted", kAnhydride, "L-1") == 0);
  CHECK(w.balance("lost", kAnhydride, "L-1") == 15 * kKg);
}
