#include <algorithm>
#include <catch2/catch.hpp>

#include "goods.h"
#include "registry/rules/escalation.h"
#include "registry/steps/recurring.h"

using namespace goods;

namespace {

constexpr const char* kCount = "count-month:S-HOSPITAL:2026-03";

std::string due(const World& w, const std::string& id) {
  const auto* row = w.row<Obligation>(id);
  if (!row) return "none";
  return local_date(row->due.plus_ms(-1)).str() + (row->closed == kNone ? "" : " closed");
}

std::string opens(World& w, const char* lot, std::string_view substance, std::string_view amount,
                  std::string_view party = "HOSPITAL") {
  const std::string unit(party);
  return does(w, "stock.open", party,
              payload({{"site", "'S-" + unit + "'"},
                       {"lines", "[{'lot':'" + std::string(lot) + "','substance':'" + std::string(substance) +
                                     "','quantity':" + quantity(amount) + "}]"}}),
              two(w, party));
}

std::string counts(World& w, std::string_view party, std::string_view site, const std::string& lines) {
  return does(w, "stock.count", party,
              payload({{"site", "'" + std::string(site) + "'"},
                       {"counted_on", "'" + w.today().str() + "'"},
                       {"lines", "[" + lines + "]"}}),
              two(w, party));
}

/// 1 g of morphine on the road from WHOLESALER to HOSPITAL under a transport certificate, counted.
World arrived() {
  World w = market();
  stock(w, "S-WHOLESALER", "M-1", kMorphine, 1'000'000);
  paper(w, "NP-T", "NP-TRADE", "WHOLESALER", kMorphine, 0);
  paper(w, "YJK-1", "YJK", "HOSPITAL", kMorphine, 0);
  paper(w, "YZ-1", "NP-TRAN", "WHOLESALER", kMorphine, 1'000'000);
  const Members deal = {{"buyer", "'HOSPITAL'"},
                        {"substance", "'N-18'"},
                        {"quantity", quantity("1 g")},
                        {"licence", "'NP-T'"},
                        {"permit", "'YJK-1'"}};
  ensure(does(w, "sale.record", "WHOLESALER", sale(deal)) == "ok", "sold");
  const Members sent = {{"receiver", "'HOSPITAL'"},
                        {"from_site", "'S-WHOLESALER'"},
                        {"to_site", "'S-HOSPITAL'"},
                        {"lines", "[" + line("M-1", "1 g") + "]"},
                        {"permit", "'YZ-1'"}};
  ensure(does(w, "transfer.dispatch", "WHOLESALER", dispatch(sent), two(w, "WHOLESALER")) == "ok", "sent");
  ensure(does(w, "transfer.count", "HOSPITAL",
              "{'consignment':'C-1','seals_intact':'yes','lines':[" + line("M-1", "1 g") + "]}",
              two(w, "HOSPITAL")) == "ok",
         "counted");
  return w;
}

}  // namespace

TEST_CASE("goods: opening stock of a narcotic opens the month's count of its site and the monthly report",
          "[steps][duties]") {
  World w = market();
  REQUIRE(opens(w, "M-1", kMorphine, "5 g") == "ok");
  CHECK(due(w, kCount) == "2026-04-05");
  CHECK(due(w, "monthly-report-np:HOSPITAL:2026-03") == "2026-04-10");
  CHECK(w.rules().rule_text("count-month")->article.find("第四十八条") != std::string::npos);
  const auto* count = w.row<Obligation>(kCount);
  const auto at = [&](const char* day) {
    return standing_of(w.rules(), *count, end_of(*Date::parse(day)).plus_ms(-1)).step->stage;
  };
  CHECK(at("2026-03-30") == "waiting");
  CHECK(at("2026-04-05") == "due-soon");
  CHECK(at("2026-04-06") == "overdue");
  // A second lot opens nothing twice; a whole count ends the month and opens the next.
  REQUIRE(opens(w, "M-2", kMorphine, "1 g") == "ok");
  CHECK(counts(w, "HOSPITAL", "S-HOSPITAL", line("M-1", "5 g")) == "ok");
  CHECK(due(w, kCount) == "2026-04-05");
  CHECK(counts(w, "HOSPITAL", "S-HOSPITAL", line("M-1", "5 g") + "," + line("M-2", "1 g")) == "ok");
  CHECK(due(w, kCount) == "2026-04-05 closed");
  CHECK(due(w, "count-month:S-HOSPITAL:2026-04") == "2026-05-05");
}

TEST_CASE("goods: pharmaceutical precursors are reported by themselves; class 3 opens nothing", "[steps][duties]") {
  World w = market();
  REQUIRE(opens(w, "E-1", kEphedrine, "5 kg", "MAKER") == "ok");
  CHECK(due(w, "monthly-report:MAKER:2026-03") == "2026-04-10");
  CHECK(due(w, "count-month:S-MAKER:2026-03") == "2026-04-05");
  REQUIRE(opens(w, "A-1", kAcetone, "5 kg", "BUYER") == "ok");
  CHECK(due(w, "count-month:S-BUYER:2026-03") == "none");
  CHECK(due(w, "monthly-report:BUYER:2026-03") == "none");
}

TEST_CASE("goods: those made and those from abroad open the same", "[steps][duties]") {
  World w = market();
  REQUIRE(does(w, "production.record", "MAKER",
               payload({{"site", "'S-MAKER'"},
                        {"lot", "'E-1'"},
                        {"substance", "'CN1-12a'"},
                        {"quantity", quantity("5 kg")},
                        {"produced_on", "'2026-02-20'"}}),
               two(w, "MAKER")) == "ok");
  // The month that runs, not one that is over.
  CHECK(due(w, "count-month:S-MAKER:2026-03") == "2026-04-05");
  REQUIRE(does(w, "import.receive", "WHOLESALER",
               payload({{"site", "'S-WHOLESALER'"},
                        {"lot", "'I-1'"},
                        {"substance", "'N-18'"},
                        {"quantity", quantity("5 g")},
                        {"country", "'DE'"},
                        {"exporter", "'Chemie GmbH'"},
                        {"declaration", "'480120260000000001'"},
                        {"received_on", "'2026-03-02'"}}),
               two(w, "WHOLESALER")) == "ok");
  CHECK(due(w, "count-month:S-WHOLESALER:2026-03") == "2026-04-05");
  CHECK(due(w, "monthly-report-np:WHOLESALER:2026-03") == "2026-04-10");
}

TEST_CASE("goods: acceptance opens the receiver's duties, and the copy of the certificate goes back within a month",
          "[steps][duties]") {
  World w = arrived();
  CHECK(due(w, kCount) == "none");
  REQUIRE(does(w, "transfer.accept", "HOSPITAL", "{'consignment':'C-1'}") == "ok");
  CHECK(due(w, kCount) == "2026-04-05");
  CHECK(due(w, "count-month:S-WHOLESALER:2026-03") == "none");
  const std::string copy = "return-copy:consignment:C-1";
  CHECK(due(w, copy) == "2026-04-02");
  CHECK(w.row<Obligation>(copy)->party == "HOSPITAL");
  CHECK(w.rules().rule_text("return-copy")->article.find("第五十三条") != std::string::npos);
  const auto stage = [&](const char* day) {
    return standing_of(w.rules(), *w.row<Obligation>(copy), end_of(*Date::parse(day)).plus_ms(-1)).step->stage;
  };
  CHECK(stage("2026-04-02") == "due-soon");
  CHECK(stage("2026-04-03") == "overdue");
  CHECK(does(w, "report.file", "HOSPITAL",
             "{'kind':'transport-copy','about':'C-1','at_index':1,'hash':'" + std::string(64, 'a') + "'}") == "ok");
  CHECK(due(w, copy) == "2026-04-02 closed");
}

TEST_CASE("goods: what was refused and is back opens the sender's duties, and no copy", "[steps][duties]") {
  World w = arrived();
  REQUIRE(does(w, "transfer.refuse", "HOSPITAL", "{'consignment':'C-1','reason':'破损'}") == "ok");
  REQUIRE(does(w, "transfer.count", "WHOLESALER",
               "{'consignment':'C-1','seals_intact':'yes','lines':[" + line("M-1", "1 g") + "]}",
               two(w, "WHOLESALER")) == "ok");
  REQUIRE(does(w, "transfer.accept", "WHOLESALER", "{'consignment':'C-1'}") == "ok");
  CHECK(due(w, "count-month:S-WHOLESALER:2026-03") == "2026-04-05");
  CHECK(due(w, kCount) == "none");
  CHECK(due(w, "return-copy:consignment:C-1") == "none");
}

TEST_CASE("goods: every way into a site opens its count: a move, a sample, a find, a count", "[steps][duties]") {
  World w = market();
  stock(w, "S-SELLER", "E-1", kEphedrine, 5 * kKg);
  w.site("S-LAB", "SELLER", "360302");
  w.site("S-FIND", "SELLER", "360302");
  w.site("S-COUNT", "SELLER", "360302");
  REQUIRE(does(w, "storage.move", "SELLER",
               payload({{"from_site", "'S-SELLER'"},
                        {"to_site", "'S-SELLER-2'"},
                        {"lot", "'E-1'"},
                        {"quantity", quantity("1 kg")}}),
               two(w, "SELLER")) == "ok");
  CHECK(due(w, "count-month:S-SELLER-2:2026-03") == "2026-04-05");
  REQUIRE(does(w, "sample.take", "SELLER",
               payload({{"site", "'S-SELLER'"},
                        {"lot", "'E-1'"},
                        {"quantity", quantity("1 g")},
                        {"purpose", "'quality-control'"},
                        {"sample", "'E-1-S'"},
                        {"to_site", "'S-LAB'"},
                        {"taken_on", "'2026-03-02'"}}),
               two(w, "SELLER")) == "ok");
  CHECK(due(w, "count-month:S-LAB:2026-03") == "2026-04-05");
  REQUIRE(does(w, "loss.found", "SELLER",
               payload({{"site", "'S-FIND'"},
                        {"lot", "'E-1'"},
                        {"quantity", quantity("1 g")},
                        {"found_on", "'2026-03-02'"},
                        {"circumstances", "'柜后'"}}),
               two(w, "SELLER")) == "ok");
  CHECK(due(w, "count-month:S-FIND:2026-03") == "2026-04-05");
  REQUIRE(counts(w, "SELLER", "S-COUNT", line("E-1", "1 g")) == "ok");
  CHECK(due(w, "count-month:S-COUNT:2026-03") == "2026-04-05");
  CHECK(due(w, "count-month:S-SELLER:2026-03") == "none");
}

TEST_CASE("goods: of a substance whose class has changed, what either class needs is asked for", "[steps][duties]") {
  // Midazolam for injection was P2 until 2024-06-30 and is P1 since.
  FactKeys keys;
  want_goods_duties(RulePack::load(), "P1-12", "HOSPITAL", "S-1", keys);
  CHECK(std::ranges::count(keys.keys<Duty>(), "count-month:S-1") == 1);
  CHECK(std::ranges::count(keys.keys<Duty>(), "monthly-report-np:HOSPITAL") == 1);
}
