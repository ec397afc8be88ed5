#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

void shut(World& w, std::string_view site) {
  Site row = *w.row<Site>(site);
  row.closed = 50;
  w.add(row);
}

/// How often the finding was raised; each must name the unit, the site and the time since its closing.
int found(const Answer& answer, std::string_view party, std::string_view site) {
  int n = 0;
  REQUIRE(answer.says() == "accepted " + std::to_string(answer.index));
  for (const auto& change : answer.outcome.changes<Finding>()) {
    const Finding& f = change.after;
    if (f.kind != "closed-site-used") continue;
    ++n;
    CHECK(f.party == party);
    CHECK(f.subject == "site:" + std::string(site));
    CHECK(f.from_index == 50);
    CHECK(f.severity == Severity::medium);
  }
  return n;
}

}  // namespace

TEST_CASE("closed site: nothing is sent to it or from it, exported, moved in, or to be counted", "[steps][closed]") {
  World w = trade();
  w.agency("PS-CITY", "PS", "C", "360300");
  shut(w, "S-SELLER");
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  CHECK(sends(w) == "refused site-closed /from_site");
  CHECK(does(w, "export.depart", "SELLER",
             payload({{"site", "'S-SELLER'"},
                      {"lot", "'L-1'"},
                      {"quantity", quantity("1 kg")},
                      {"country", "'SG'"},
                      {"consignee", "'Lim Pte'"},
                      {"declaration", "'1'"},
                      {"departed_on", "'2026-03-02'"}})) == "refused site-closed /site");
  CHECK(does(w, "count.demand", "PS-CITY", "{'site':'S-SELLER','reason':'x'}") == "refused site-closed /site");
  World other = trade();
  REQUIRE(does(other, "sale.record", "SELLER", sale()) == "ok");
  shut(other, "S-BUYER");
  shut(other, "S-SELLER-2");
  CHECK(sends(other) == "refused site-closed /to_site");
  CHECK(does(other, "storage.move", "SELLER",
             payload({{"from_site", "'S-SELLER'"},
                      {"to_site", "'S-SELLER-2'"},
                      {"lot", "'L-1'"},
                      {"quantity", quantity("1 kg")}})) == "refused site-closed /to_site");
}

TEST_CASE("closed site: goods that lie there all the same may be brought away", "[steps][closed]") {
  World w = trade();
  shut(w, "S-SELLER");
  CHECK(does(w, "storage.move", "SELLER",
             payload({{"from_site", "'S-SELLER'"},
                      {"to_site", "'S-SELLER-2'"},
                      {"lot", "'L-1'"},
                      {"quantity", quantity("500 kg")}})) == "ok");
}

TEST_CASE("closed site: what happened there is recorded and found", "[steps][closed]") {
  World w = trade();
  shut(w, "S-SELLER");
  const auto says = [&](std::string_view type, const Members& members) {
    return found(w.submit(type, "SELLER", payload(members), two(w, "SELLER")), "SELLER", "S-SELLER");
  };
  const std::string site = "'S-SELLER'", day = "'2026-03-02'";
  CHECK(says("stock.open",
             {{"site", site}, {"lines", "[{'lot':'L-2','substance':'CN2-02','quantity':" + quantity("5 kg") + "}]"}}) ==
        1);
  CHECK(says("production.record", {{"site", site},
                                   {"lot", "'P-1'"},
                                   {"substance", "'CN2-02'"},
                                   {"quantity", quantity("5 kg")},
                                   {"produced_on", day}}) == 1);
  CHECK(
      says("use.record",
           {{"site", site}, {"lot", "'L-1'"}, {"quantity", quantity("5 kg")}, {"purpose", "'x'"}, {"used_on", day}}) ==
      1);
  CHECK(says("import.receive", {{"site", site},
                                {"lot", "'I-1'"},
                                {"substance", "'CN2-02'"},
                                {"quantity", quantity("5 kg")},
                                {"country", "'DE'"},
                                {"exporter", "'Chemie GmbH'"},
                                {"declaration", "'1'"},
                                {"received_on", day}}) == 1);
  CHECK(says("sample.take", {{"site", site},
                             {"lot", "'L-1'"},
                             {"quantity", quantity("1 kg")},
                             {"purpose", "'quality-control'"},
                             {"taken_on", day}}) == 1);
  CHECK(says("package.split",
             {{"site", site}, {"lot", "'L-1'"}, {"into", "[" + line("L-1-A", "1 kg") + "]"}, {"split_on", day}}) == 1);
  CHECK(says("loss.report", {{"site", site},
                             {"lot", "'L-1'"},
                             {"quantity", quantity("1 kg")},
                             {"kind", "'lost'"},
                             {"discovered", "'2026-03-02T01:00:00.000Z'"},
                             {"circumstances", "'x'"}}) == 1);
  CHECK(says("loss.found", {{"site", site},
                            {"lot", "'L-1'"},
                            {"quantity", quantity("1 kg")},
                            {"found_on", day},
                            {"circumstances", "'x'"}}) == 1);
  CHECK(says("stock.count", {{"site", site}, {"lines", "[" + line("L-2", "5 kg") + "]"}, {"counted_on", day}}) == 1);
  CHECK(says("destruction.record", {{"site", site},
                                    {"lot", "'L-2'"},
                                    {"quantity", quantity("1 kg")},
                                    {"method", "'焚烧'"},
                                    {"destroyed_on", day}}) == 1);
}

TEST_CASE("closed site: goods that arrive, come back or are taken there are found too", "[steps][closed]") {
  World w = on_the_road();
  shut(w, "S-BUYER");
  REQUIRE(does(w, "transfer.count", "BUYER",
               "{'consignment':'C-1','seals_intact':'yes','lines':[" + line("L-1", "10 kg") + "]}") == "ok");
  CHECK(found(w.submit("transfer.accept", "BUYER", "{'consignment':'C-1'}"), "BUYER", "S-BUYER") == 1);
  World back = on_the_road();
  shut(back, "S-SELLER");
  CHECK(found(back.submit("transfer.cancel", "SELLER", "{'consignment':'C-1','reason':'x'}"), "SELLER", "S-SELLER") ==
        1);
  w.agency("PS-CITY", "PS", "C", "360300");
  const Answer seen = w.submit("inspection.record", "PS-CITY",
                               payload({{"inspection", "'I-1'"},
                                        {"site", "'S-BUYER'"},
                                        {"inspected_on", "'2026-03-02'"},
                                        {"access", "'given'"},
                                        {"lines", "[" + line("L-1", "10 kg") + "]"}}));
  CHECK(found(seen, "BUYER", "S-BUYER") == 1);
  const Answer taken = w.submit("seizure.record", "PS-CITY",
                                payload({{"seizure", "'Z-1'"},
                                         {"site", "'S-BUYER'"},
                                         {"lines", "[" + line("L-1", "1 kg") + "]"},
                                         {"seized_on", "'2026-03-02'"},
                                         {"reason", "'x'"}}));
  CHECK(found(taken, "BUYER", "S-BUYER") == 1);
}
