#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

World office() {
  World w = market();
  w.agency("PSB-LUXI", "PS", "X", "360323");
  w.agency("PSB-ANYUAN", "PS", "X", "360302");
  w.agency("PSB-CITY", "PS", "C", "360300");
  w.agency("PSD", "PS", "P", "360000");
  w.agency("EM", "EM", "P", "360000");
  return w;
}

const std::string kLines = "[{'substance':'CN3-02','quantity':{'unit':'kg','value':'25'}}]";

std::string application(const Members& changes = {}) {
  return payload({{"application", "'A-1'"},
                  {"agency", "'PSB-LUXI'"},
                  {"kind", "'C23-BUY-1'"},
                  {"lines", kLines},
                  {"purpose", "'溶剂'"}},
                 changes);
}

std::string grant(const Members& changes = {}) {
  return payload({{"permit", "'GB-1'"},
                  {"application", "'A-1'"},
                  {"kind", "'C23-BUY-1'"},
                  {"holder", "'BUYER'"},
                  {"lines", kLines},
                  {"purpose", "'溶剂'"},
                  {"valid_from", "'2026-03-02'"},
                  {"valid_to", "'2026-04-02'"}},
                 changes);
}

std::string applies(World& w, const Members& changes = {}, std::string_view by = "BUYER") {
  return does(w, "permit.apply", by, application(changes));
}

std::string grants(World& w, const Members& changes = {}, std::string_view by = "PSB-LUXI") {
  return does(w, "permit.issue", by, grant(changes));
}

std::string of(std::string_view substance) {
  return "[{'substance':'" + std::string(substance) + "','quantity':{'unit':'kg','value':'1'}}]";
}

/// The last day on which the agency may still decide.
std::string last_day(World& w, const Members& changes, std::string_view by = "BUYER") {
  const std::string said = applies(w, changes, by);
  if (said != "ok") return said;
  return local_date(w.row<Obligation>("decide-permit:application:A-1")->due.plus_ms(-1)).str();
}

std::string suspend(std::string_view cause = "violation") {
  return "{'permit':'GB-1','cause':'" + std::string(cause) + "','reason':'核查'}";
}
const std::string kRestore = "{'permit':'GB-1','reason':'已核实'}";
const std::string kClose = "{'permit':'GB-1','statement':'未使用'}";

}  // namespace

TEST_CASE("permit.apply: the agency gets the time of the law for each kind of paper", "[steps][permits]") {
  World day = office(), three = office(), ten = office(), thirty = office(), sixty = office(), forty = office();
  CHECK(last_day(day, {}) == "2026-03-02");
  const Members road = {{"agency", "'PSB-ANYUAN'"}, {"kind", "'C2-TRAN-3'"},  {"lines", of("CN2-02")},
                        {"origin", "'360302'"},     {"carrier", "'CARRIER'"}, {"consignee", "'FAR'"},
                        {"destination", "'360102'"}};
  CHECK(last_day(three, road, "SELLER") == "2026-03-05");
  CHECK(last_day(ten, {{"agency", "'PSD'"}, {"kind", "'C1-BUY'"}, {"lines", of("CN1-03")}}) == "2026-03-16");
  const Members trade = {{"agency", "'EM'"}, {"kind", "'C1-TRADE'"}, {"lines", "[{'substance':'CN1-03'}]"}};
  CHECK(last_day(thirty, trade, "SELLER") == "2026-04-14");
  const Members making = {{"agency", "'EM'"}, {"kind", "'C1-PROD'"}, {"lines", "[{'substance':'CN1-03'}]"}};
  CHECK(last_day(sixty, making, "MAKER") == "2026-05-28");
  forty.agency("HC", "HC", "C", "360300");
  const Members card = {{"agency", "'HC'"}, {"kind", "'YJK'"}, {"lines", "[{'substance':'N-18'}]"}};
  CHECK(last_day(forty, card, "HOSPITAL") == "2026-04-28");
}

TEST_CASE("permit.apply: what no agency could grant is refused at once", "[steps][permits]") {
  World w = office();
  CHECK(applies(w, {{"agency", "'PSB-ANYUAN'"}}) == "refused not-competent /agency");
  CHECK(applies(w, {{"agency", "'SELLER'"}}) == "refused not-an-agency /agency");
  CHECK(applies(w, {{"agency", "'NOBODY'"}}) == "refused unknown-party /agency");
  CHECK(applies(w, {{"kind", "'C9'"}}) == "refused unknown-permit-kind /kind");
  CHECK(applies(w, {{"lines", of("CN1-03")}}) == "refused substance-not-of-kind /lines/0/substance");
  CHECK(applies(w, {{"lines", "[{'substance':'CN3-02'}]"}, {"supplier", "'X'"}}) ==
        "refused unknown-party /supplier /lines/0/quantity:quantity-required");
  CHECK(applies(w, {{"purpose", ""}, {"agency", "'no agency'"}}) ==
        "refused payload-form /agency:bad_id /purpose:required");
  CHECK(applies(w) == "ok");
  CHECK(applies(w) == "refused id-taken /application");
}

TEST_CASE("permit.issue: the paper that was asked for ends the application and the duty", "[steps][permits]") {
  World w = office();
  REQUIRE(applies(w) == "ok");
  CHECK(grants(w) == "ok");
  const auto* asked = w.row<Application>("A-1");
  CHECK(asked->state == ApplicationState::granted);
  CHECK(asked->permit == "GB-1");
  CHECK(asked->decided == 101);
  CHECK(w.row<Obligation>("decide-permit:application:A-1")->closed == 101);
  CHECK(grants(w, {{"permit", "'GB-2'"}}) == "refused application-decided /application");
}

TEST_CASE("permit.issue: less than was asked for, never more or other", "[steps][permits]") {
  World w = office();
  REQUIRE(applies(w) == "ok");
  CHECK(grants(w, {{"application", "'A-9'"}}) == "refused unknown-application /application");
  CHECK(grants(w, {}, "PSB-CITY") == "refused application-to-another /application");
  const std::string more =
      "[{'substance':'CN3-02','quantity':{'unit':'kg','value':'25.000001'}},"
      "{'substance':'CN3-01','quantity':{'unit':'kg','value':'1'}}]";
  CHECK(grants(w, {{"lines", more}}) == "refused application-differs /lines/0/quantity /lines/1/substance");
  w.unit("OTHER", "user", "360323");
  CHECK(grants(w, {{"holder", "'OTHER'"}}) == "refused application-differs /holder");
  CHECK(grants(w, {{"lines", of("CN3-02")}}) == "ok");
}

TEST_CASE("permit.refuse: the agency says why, once", "[steps][permits]") {
  World w = office();
  REQUIRE(applies(w) == "ok");
  const std::string no = "{'application':'A-1','reason':'材料不全'}";
  CHECK(does(w, "permit.refuse", "PSB-LUXI", "{'application':'A-1'}") == "refused payload-form /reason:required");
  CHECK(does(w, "permit.refuse", "BUYER", no) == "refused not-an-agency header/party");
  CHECK(does(w, "permit.refuse", "PSB-CITY", no) == "refused application-to-another /application");
  CHECK(does(w, "permit.refuse", "PSB-LUXI", no) == "ok");
  CHECK(w.row<Application>("A-1")->reason == "材料不全");
  CHECK(w.row<Application>("A-1")->state == ApplicationState::refused);
  CHECK(w.row<Obligation>("decide-permit:application:A-1")->closed == 101);
  CHECK(does(w, "permit.refuse", "PSB-LUXI", no) == "refused application-decided /application");
}

TEST_CASE("permit.issue: a transport licence states whom and where it names", "[steps][permits]") {
  World w = office();
  const Members bare = {{"application", ""},         {"kind", "'C2-TRAN-3'"}, {"holder", "'SELLER'"},
                        {"lines", of("CN2-02")},     {"origin", "'360302'"},  {"carrier", "'CARRIER'"},
                        {"valid_to", "'2026-06-02'"}};
  CHECK(grants(w, bare, "PSB-ANYUAN") == "refused paper-incomplete /destination /consignee");
}

TEST_CASE("permit.issue: many uses after a clean year only", "[steps][permits]") {
  World w = office();
  const Members many = {{"application", ""}, {"kind", "'C23-BUY-N'"}, {"valid_to", "'2026-09-02'"}};
  Members early = many, clean = many;
  early["clean_since"] = "'2025-03-03'";
  clean["clean_since"] = "'2025-03-02'";
  CHECK(grants(w, early) == "refused multi-use-too-early /clean_since");
  const Answer unstated = w.submit("permit.issue", "PSB-LUXI", grant(many));
  CHECK(verdict(w, unstated) == "ok");
  CHECK(findings(unstated) == "multi-use-early low [0,0] (-1,100] ");
  clean["permit"] = "'GB-2'";
  CHECK(findings(w.submit("permit.issue", "PSB-LUXI", grant(clean))).empty());
  w.add(Conduct{"BUYER", "F-7-1", Date::of(2025, 6, 1)});
  clean["permit"] = "'GB-3'";
  CHECK(findings(w.submit("permit.issue", "PSB-LUXI", grant(clean))).starts_with("multi-use-early low"));
}

TEST_CASE("findings: the newest grave one marks the conduct of its party, a low one does not", "[steps][permits]") {
  World w = trade();
  w.go_to("2026-03-31");
  edit(w, "TR-1", [](Permit& p) { p.valid_to = Date::of(2026, 4, 30); });
  edit(w, "GB-1", [](Permit& p) { p.valid_to = Date::of(2026, 4, 30); });
  REQUIRE(does(w, "sale.record", "SELLER", sale({{"checks", ""}})) == "ok");
  CHECK_FALSE(w.row<Conduct>("SELLER"));
  w.go_to("2026-04-02");
  REQUIRE(does(w, "sale.record", "SELLER", sale({{"sale", "'X-2'"}})) == "ok");
  REQUIRE(w.row<Conduct>("SELLER"));
  CHECK(w.row<Conduct>("SELLER")->day == Date::of(2026, 4, 2));
}

TEST_CASE("permit.suspend: nothing is drawn, what is held stays, and restoring makes it good", "[steps][permits]") {
  World w = trade();
  w.agency("PSB", "PS", "X", "360323");
  REQUIRE(does(w, "sale.record", "SELLER", sale()) == "ok");
  CHECK(does(w, "permit.suspend", "BUYER", suspend()) == "refused not-an-agency header/party");
  CHECK(does(w, "permit.suspend", "DA-CITY", suspend()) == "refused not-competent /permit");
  CHECK(does(w, "permit.restore", "PSB", kRestore) == "refused permit-not-suspended /permit");
  CHECK(does(w, "permit.suspend", "PSB", "{'permit':'GB-1','cause':'x'}") ==
        "refused payload-form /cause:not_allowed /reason:required");
  CHECK(does(w, "permit.suspend", "PSB", suspend()) == "ok");
  CHECK(does(w, "permit.suspend", "PSB", suspend()) == "refused permit-suspended-already /permit");
  CHECK(w.balance("held:GB-1", kAnhydride) == 10 * kKg);
  CHECK(does(w, "sale.record", "SELLER", sale({{"sale", "'X-2'"}})) == "refused permit-suspended /permit");
  CHECK(sends(w) == "refused permit-suspended /sale");
  CHECK(does(w, "permit.restore", "BUYER", kRestore) == "refused not-an-agency header/party");
  CHECK(does(w, "permit.restore", "PSB", kRestore) == "ok");
  CHECK(sends(w) == "ok");
}

TEST_CASE("permit.suspend: goods under way settle on a suspended paper, and what is released waits on it",
          "[steps][permits]") {
  World w = on_the_road();
  w.agency("PSB", "PS", "X", "360323");
  REQUIRE(does(w, "permit.suspend", "PSB", suspend()) == "ok");
  const std::string counted = "{'consignment':'C-1','seals_intact':'yes','lines':[" + line("L-1", "9 kg") + "]}";
  REQUIRE(does(w, "transfer.count", "BUYER", counted) == "ok");
  REQUIRE(does(w, "transfer.accept", "BUYER", "{'consignment':'C-1'}") == "ok");
  CHECK(w.balance("used:GB-1", kAnhydride) == 9 * kKg);
  CHECK(w.balance("permit:GB-1", kAnhydride) == 91 * kKg);
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::suspended);
}

TEST_CASE("permit.suspend: the holder reports its own paper lost, the issuer brings it back or ends it",
          "[steps][permits]") {
  World w = trade();
  w.agency("PSB", "PS", "X", "360323");
  CHECK(does(w, "permit.suspend", "SELLER", suspend("lost")) == "refused not-an-agency header/party");
  CHECK(does(w, "permit.suspend", "BUYER", suspend("lost")) == "ok");
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::lost);
  CHECK(does(w, "sale.record", "SELLER", sale()) == "refused permit-lost /permit");
  CHECK(does(w, "permit.restore", "PSB", kRestore) == "ok");
  CHECK(does(w, "permit.suspend", "BUYER", suspend("lost")) == "ok");
  CHECK(does(w, "permit.revoke", "PSB", "{'permit':'GB-1','reason':'遗失'}") == "ok");
  CHECK(w.balance("lapsed", kAnhydride) == 100 * kKg);
  CHECK(does(w, "permit.suspend", "PSB", suspend()) == "refused permit-ended-already /permit");
}

TEST_CASE("permit.close: the holder states what it did not use, and the issuer confirms", "[steps][permits]") {
  World w = trade();
  w.agency("PSB", "PS", "X", "360323");
  w.go_to("2026-04-10");
  CHECK(does(w, "permit.close", "BUYER", kClose) == "ok");
  const auto* duty = w.row<Obligation>("confirm-write-off:permit:GB-1");
  REQUIRE(duty);
  CHECK(duty->party == "PSB");
  CHECK(does(w, "permit.close", "BUYER", kClose) == "refused permit-ended-already /permit");
  CHECK(does(w, "permit.close", "PSB", kClose) == "ok");
  CHECK(w.row<Obligation>("confirm-write-off:permit:GB-1")->closed == 101);
  CHECK(does(w, "permit.close", "PSB", kClose) == "refused permit-ended-already /permit");
}
