#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

void choose(World& w, const char* overlay) { w.add(Setting{"overlay", overlay, 0}); }

/// What is due of a sale afterwards: "SELLER CQ-PASS 2026-03-05".
std::string reports_of(const Answer& answer) {
  std::string out;
  for (const auto& change : answer.outcome.changes<Obligation>())
    if (change.after.kind == "report-transfer")
      out += change.after.party + " " + change.after.rule + " " + local_date(change.after.due.plus_ms(-1)).str();
  return out;
}

/// The seller has no licence: it passes on what it no longer needs.
Members passed_on(const char* exemption, const Members& more = {}) {
  Members out{{"licence", ""}, {"exemption", "'" + std::string(exemption) + "'"}};
  out.insert(more.begin(), more.end());
  return out;
}

}  // namespace

TEST_CASE("overlay: in Zhejiang a user passes goods on once the receiver has filed", "[steps][overlays]") {
  World w = trade();
  const std::string passes = sale(passed_on("EX-ZJ-PASS-23"));
  CHECK(does(w, "sale.record", "SELLER", passes) == "refused exemption-not-applicable /exemption");
  choose(w, "zhejiang@2026-01-01..2026-12-31");
  CHECK(does(w, "sale.record", "SELLER", passes) == "refused exemption-not-applicable /exemption");
  edit(w, "GB-1", [](Permit& p) {
    p.kind = "ZJ-PASS-23";
    p.uses = PermitUses::once;
  });
  CHECK(does(w, "sale.record", "SELLER", passes) == "ok");
  CHECK(w.row<Sale>("X-1")->exemption == "EX-ZJ-PASS-23");
  CHECK(w.row<Sale>("X-1")->permit == "GB-1");
}

TEST_CASE("overlay: in Zhejiang a filing for class 2 and 3 does for no class 1", "[steps][overlays]") {
  World w = trade();
  choose(w, "zhejiang@2026-01-01");
  edit(w, "GB-1", [](Permit& p) { p.kind = "ZJ-PASS-23"; });
  const std::string passes = sale(passed_on("EX-ZJ-PASS-1"));
  CHECK(does(w, "sale.record", "SELLER", passes) == "refused exemption-not-applicable /exemption");
}

TEST_CASE("overlay: in Chongqing the giver files within three days after the delivery", "[steps][overlays]") {
  World w = trade();
  const std::string passes = sale(passed_on("EX-CQ-PASS", {{"permit", ""}}));
  CHECK(does(w, "sale.record", "SELLER", passes) == "refused exemption-not-applicable /exemption");
  choose(w, "chongqing@2026-01-01");
  const Answer passed = w.submit("sale.record", "SELLER", passes);
  REQUIRE(verdict(w, passed) == "ok");
  CHECK(reports_of(passed) == "SELLER CQ-PASS 2026-03-05");
  CHECK(does(w, "report.file", "SELLER",
             "{'kind':'emergency-transfer','about':'X-1','hash':'" + std::string(64, 'a') + "','at_index':1}") == "ok");
}

TEST_CASE("overlay: provincial rules hold on their own days alone", "[steps][overlays]") {
  World w = trade();
  choose(w, "chongqing@2026-01-01..2026-02-28");
  CHECK(does(w, "sale.record", "SELLER", sale(passed_on("EX-CQ-PASS", {{"permit", ""}}))) ==
        "refused exemption-not-applicable /exemption");
}
