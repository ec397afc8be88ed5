#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

World guarded() {
  World w = trade();
  w.agency("PS-CITY", "PS", "C", "360300");
  w.agency("PS-COUNTY", "PS", "X", "360302");
  w.agency("PS-LUXI", "PS", "X", "360323");
  return w;
}

World guarded_road() {
  World w = on_the_road();
  w.agency("PS-CITY", "PS", "C", "360300");
  return w;
}

Answer inspects(World& w, const Members& changes = {}, std::string_view author = "PS-CITY") {
  return w.submit("inspection.record", author,
                  payload({{"inspection", "'I-1'"},
                           {"site", "'S-SELLER'"},
                           {"inspected_on", "'2026-03-02'"},
                           {"access", "'given'"},
                           {"items", "[{'item':'records','met':'yes'},{'item':'storage','met':'yes'}]"}},
                          changes));
}

Answer stops(World& w, const Members& changes = {}) {
  return w.submit("checkpoint.stop", "PS-CITY",
                  payload({{"stop", "'T-1'"},
                           {"vehicle", "'赣J00T01'"},
                           {"place", "'沪昆高速萍乡东出口'"},
                           {"region", "'360302'"},
                           {"consignment", "'C-1'"},
                           {"paper", "'not-needed'"},
                           {"owner", "'SELLER'"},
                           {"consignee", "'BUYER'"},
                           {"carrier", "'CARRIER'"},
                           {"destination", "'360323'"},
                           {"lines", "[{'substance':'CN2-02','lot':'L-1','quantity':" + quantity("10 kg") + "}]"}},
                          changes));
}

const Stop& stop(const World& w, std::string_view id = "T-1") {
  const Stop* row = w.row<Stop>(id);
  REQUIRE(row);
  return *row;
}

Answer seizes(World& w, const Members& changes = {}) {
  return w.submit("seizure.record", "PS-CITY",
                  payload({{"seizure", "'Z-1'"},
                           {"site", "'S-SELLER'"},
                           {"lines", "[" + line("L-1", "20 kg") + "]"},
                           {"seized_on", "'2026-03-02'"},
                           {"reason", "'涉嫌流入非法渠道'"}},
                          changes));
}

std::string destroys(World& w, const Members& changes = {}, std::string_view author = "PS-CITY", bool by_two = true) {
  return does(w, "destruction.record", author,
              payload({{"seizure", "'Z-1'"},
                       {"lot", "'L-1'"},
                       {"quantity", quantity("20 kg")},
                       {"method", "'高温焚烧'"},
                       {"destroyed_on", "'2026-03-02'"}},
                      changes),
              by_two ? two(w, author) : std::vector<Signer>());
}

}  // namespace

TEST_CASE("inspection: all points met is passed; a point not met is a finding with its article", "[steps][oversight]") {
  World w = guarded();
  CHECK(verdict(w, inspects(w)) == "ok");
  CHECK(w.row<Inspection>("I-1")->result == InspectionResult::passed);
  const Answer second = inspects(
      w, {{"inspection", "'I-2'"}, {"items", "[{'item':'certificates','met':'no'},{'item':'package','met':'no'}]"}});
  CHECK(verdict(w, second) == "ok");
  CHECK(w.row<Finding>("F-101-1")->kind == "certificate-lent");
  CHECK(w.row<Finding>("F-101-1")->severity == Severity::high);
  CHECK(w.row<Finding>("F-101-1")->party == "SELLER");
  CHECK(w.row<Finding>("F-101-2")->severity == Severity::low);
  CHECK(w.row<Inspection>("I-2")->deviations == "certificate-lent,package-deficient");
}

TEST_CASE("inspection: each point of articles 38 and 40 is a finding of its own when it is not met",
          "[steps][oversight]") {
  const std::pair<const char*, const char*> points[] = {{"management-system", "no-management-system"},
                                                        {"certificates", "certificate-lent"},
                                                        {"certificates-genuine", "forged-certificate"},
                                                        {"scope", "beyond-permit"},
                                                        {"records", "records-deficient"},
                                                        {"payment", "cash-or-barter"},
                                                        {"package", "package-deficient"},
                                                        {"annual-report", "annual-report-deficient"},
                                                        {"storage", "storage-deficient"}};
  for (const auto& [point, kind] : points) {
    CAPTURE(point);
    World w = guarded();
    const Answer seen = inspects(w, {{"items", "[{'item':'" + std::string(point) + "','met':'no'}]"}});
    CHECK(verdict(w, seen) == "ok");
    CHECK(w.row<Inspection>("I-1")->deviations == kind);
    CHECK_FALSE(w.rules().rule_text(kind)->article.empty());
  }
}

TEST_CASE("roadside: a paper without a dispatch moves nothing", "[steps][oversight]") {
  World w = far_trade(100 * kKg);
  w.agency("PS-CITY", "PS", "C", "360300");
  const Answer red = stops(w, {{"consignment", ""},
                               {"permit", "'TP-1'"},
                               {"paper", "'carried'"},
                               {"consignee", "'FAR'"},
                               {"destination", "'360102'"}});
  CHECK(verdict(w, red) == "ok");
  CHECK(stop(w).deviations == "stop-not-dispatched");
}

TEST_CASE("inspection: the shut door is a finding by article 42", "[steps][oversight]") {
  World w = guarded();
  CHECK(verdict(w, inspects(w, {{"access", "'refused'"}, {"items", ""}})) == "ok");
  CHECK(w.row<Inspection>("I-1")->result == InspectionResult::refused);
  CHECK(w.row<Finding>("F-100-1")->kind == "inspection-refused");
  CHECK(w.rules().rule_text("inspection-refused")->article == "《易制毒化学品管理条例》第四十二条");
}

TEST_CASE("inspection: what the inspector counts is a measurement and narrows the next loss", "[steps][oversight]") {
  World w = guarded();
  CHECK(verdict(w, inspects(w, {{"lines", "[" + line("L-1", "500 kg") + "]"}})) == "ok");
  CHECK(w.row<Measurement>("site:S-SELLER", "L-1")->seq == 100);
  const Answer short_one = inspects(w, {{"inspection", "'I-2'"}, {"lines", "[" + line("L-1", "480 kg") + "]"}});
  CHECK(verdict(w, short_one) == "ok");
  CHECK(findings(short_one) == "count-shortage critical [17060000,22940000] (100,101] SELLER");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 480 * kKg);
  CHECK(w.row<Inspection>("I-2")->deviations == "count-shortage");
  const Answer follow = inspects(w, {{"inspection", "'I-3'"}, {"findings", "['F-101-1']"}, {"statement", "'复查'"}});
  CHECK(verdict(w, follow) == "ok");
  CHECK(w.row<FindingNote>("F-101-1", "001")->act == FindingAct::inspected);
}

TEST_CASE("inspection: bad input stores nothing", "[steps][oversight]") {
  World w = guarded();
  CHECK(inspects(w, {}, "SELLER").says() == "refused not-an-agency header/party");
  CHECK(inspects(w, {}, "PS-LUXI").says() == "refused not-competent /site");
  CHECK(inspects(w, {{"site", "'S-NOWHERE'"}}).says() == "refused unknown-site /site");
  CHECK(inspects(w, {{"inspected_on", "'2026-03-03'"}}).says() == "refused day-in-future /inspected_on");
  CHECK(inspects(w, {{"access", "'refused'"}}).says() == "refused payload-form /access:one_of");
  CHECK(inspects(w, {{"items", "[{'item':'weather','met':'maybe'}]"}}).says() ==
        "refused payload-form /items/0/met:not_allowed /items/0/item:unknown_item");
  CHECK(inspects(w, {{"findings", "['F-1-1']"}}).says() == "refused unknown-finding /findings/0");
  CHECK_FALSE(w.row<Inspection>("I-1"));
  CHECK(inspects(w).accepted());
  CHECK(inspects(w).says() == "refused id-taken /inspection");
}

TEST_CASE("roadside: what fits its papers drives on", "[steps][oversight]") {
  World w = guarded_road();
  const Answer green = stops(w);
  CHECK(verdict(w, green) == "ok");
  CHECK(findings(green).empty());
  CHECK(stop(w).result == StopResult::green);
  CHECK(w.row<Measurement>("transit:C-1", "L-1")->amount == 10 * kKg);
  CHECK(w.row<Consignment>("C-1")->checked == green.index);
}

TEST_CASE("roadside: each of the seven points of article 41, vehicle and seal", "[steps][oversight]") {
  const std::pair<const char*, Members> cases[] = {
      {"stop-owner", {{"owner", "'FAR'"}}},
      {"stop-consignee", {{"consignee", "'FAR'"}}},
      {"stop-carrier", {{"carrier", "'FAR'"}}},
      {"stop-destination", {{"destination", "'360102'"}}},
      {"stop-variety", {{"lines", "[{'substance':'CN3-02','quantity':" + quantity("10 kg") + "}]"}}},
      {"stop-quantity", {{"lines", "[{'substance':'CN2-02','lot':'L-1','quantity':" + quantity("9 kg") + "}]"}}},
      {"stop-vehicle", {{"vehicle", "'赣J00T02'"}}},
      {"stop-seal", {{"seals_intact", "'no'"}}}};
  for (const auto& [kind, changes] : cases) {
    CAPTURE(kind);
    World w = guarded_road();
    const Answer red = stops(w, changes);
    CHECK(verdict(w, red) == "ok");
    CHECK(stop(w).result == StopResult::red);
    CHECK(stop(w).deviations == kind);
    CHECK_FALSE(w.rules().rule_text(kind)->article.empty());
  }
}

TEST_CASE("roadside: the transport paper must be carried, in force, and of its kind", "[steps][oversight]") {
  World w = far_trade(100 * kKg);
  w.agency("PS-CITY", "PS", "C", "360300");
  REQUIRE(sends(w, far()) == "ok");
  const Members road = {{"consignee", "'FAR'"}, {"destination", "'360102'"}, {"paper", "'carried'"}};
  Members missing = road;
  missing["paper"] = "'missing'";
  Members other = road;
  other["paper_kind"] = "'C3-TRANS'";
  CHECK(verdict(w, stops(w, road)) == "ok");
  CHECK(stop(w).deviations.empty());
  CHECK(stop(w).permit == "TP-1");
  missing["stop"] = "'T-2'";
  CHECK(verdict(w, stops(w, missing)) == "ok");
  CHECK(stop(w, "T-2").deviations == "stop-paper-not-carried");
  other["stop"] = "'T-3'";
  CHECK(verdict(w, stops(w, other)) == "ok");
  CHECK(stop(w, "T-3").deviations == "stop-paper-kind");
  Members late = road;
  late["stop"] = "'T-4'";
  w.go_to("2026-07-05");
  CHECK(verdict(w, stops(w, late)) == "ok");
  CHECK(stop(w, "T-4").deviations == "stop-paper-not-valid");
}

TEST_CASE("roadside: a vehicle of which nobody has heard is recorded too", "[steps][oversight]") {
  World w = guarded();
  const Members unknown = {{"vehicle", "'湘A12345'"}, {"consignment", ""}, {"paper", "'missing'"}, {"owner", ""},
                           {"consignee", ""},         {"carrier", ""},     {"destination", ""}};
  const Answer red = stops(w, unknown);
  CHECK(verdict(w, red) == "ok");
  CHECK(w.row<Finding>("F-100-1")->kind == "stop-unknown-vehicle");
  CHECK(w.row<Finding>("F-100-1")->subject == "vehicle:湘A12345");
  CHECK(w.row<Finding>("F-100-1")->party.empty());
  CHECK(w.row<Finding>("F-100-1")->severity == Severity::critical);
  Members empty = unknown;
  empty["lines"] = "";
  empty["stop"] = "'T-2'";
  CHECK(verdict(w, stops(w, empty)) == "ok");
  CHECK(stop(w, "T-2").result == StopResult::green);
}

TEST_CASE("roadside: bad input stores nothing", "[steps][oversight]") {
  World w = guarded_road();
  CHECK(stops(w, {{"region", "'360399'"}}).says() == "refused unknown-region /region");
  CHECK(stops(w, {{"region", "'360102'"}}).says() == "refused not-competent /region");
  CHECK(stops(w, {{"paper", "'lost'"}, {"place", ""}}).says() ==
        "refused payload-form /place:required /paper:not_allowed");
  CHECK(stops(w, {{"lines", "[{'substance':'CN9-99','quantity':" + quantity("1 kg") + "}]"}}).says() ==
        "refused unknown-substance /lines/0/substance");
  CHECK_FALSE(w.row<Stop>("T-1"));
  CHECK(stops(w).accepted());
  CHECK(stops(w).says() == "refused id-taken /stop");
}

TEST_CASE("roadside: a stop between two counts says on which side of it the goods went", "[steps][oversight]") {
  const auto counts_eight = [](World& w) {
    return w.submit(
        "transfer.count", "BUYER",
        payload({{"consignment", "'C-1'"}, {"lines", "[" + line("L-1", "8 kg") + "]"}, {"seals_intact", "'yes'"}}));
  };
  World after = guarded_road();
  const Answer full = stops(after);
  const Answer late = counts_eight(after);
  CHECK(verdict(after, late) == "ok");
  const Finding& gone_after = late.outcome.changes<Finding>().front().after;
  CHECK(gone_after.from_index == full.index);
  CHECK(gone_after.to_index == late.index);

  World before = guarded_road();
  const Answer empty_already =
      stops(before, {{"lines", "[{'substance':'CN2-02','lot':'L-1','quantity':" + quantity("8 kg") + "}]"}});
  const std::string first = "F-" + std::to_string(empty_already.index) + "-1";
  CHECK(before.row<Finding>(first)->kind == "stop-quantity");
  const Answer second = counts_eight(before);
  CHECK(verdict(before, second) == "ok");
  const Finding* carried_on = before.row<Finding>("F-" + std::to_string(second.index) + "-1");
  REQUIRE(carried_on);
  CHECK(carried_on->to_index == empty_already.index);
  CHECK(before.row<Finding>(first)->result == FindingResult::continued);
  CHECK(before.row<Finding>(first)->same_as == carried_on->id);
}

TEST_CASE("seizure: goods leave the book of their site; what the book did not hold is a finding",
          "[steps][oversight]") {
  World w = guarded();
  CHECK(verdict(w, seizes(w)) == "ok");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 480 * kKg);
  CHECK(w.balance("seized", kAnhydride, "L-1") == 20 * kKg);
  CHECK(w.row<Seizure>("Z-1", "L-1")->party == "SELLER");
  const Answer more = seizes(w, {{"seizure", "'Z-2'"}, {"lines", "[" + line("L-1", "500 kg") + "]"}});
  CHECK(verdict(w, more) == "ok");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 0);
  CHECK(w.balance("found", kAnhydride, "L-1") == -20 * kKg);
  CHECK(w.row<Finding>("F-101-1")->kind == "seized-beyond-book");
  CHECK(w.row<Finding>("F-101-1")->missing == -20 * kKg);
}

TEST_CASE("seizure: from the road, and of goods nobody has entered", "[steps][oversight]") {
  World w = guarded_road();
  const Answer road = seizes(w, {{"site", ""}, {"consignment", "'C-1'"}, {"lines", "[" + line("L-1", "4 kg") + "]"}});
  CHECK(verdict(w, road) == "ok");
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 6 * kKg);
  CHECK(w.row<Consignment>("C-1")->checked == road.index);
  const Members outside = {{"seizure", "'Z-2'"}, {"site", ""}, {"place", "'某废弃厂房'"}};
  Members unnamed = outside;
  unnamed["lines"] = "[" + line("X-9", "3 kg") + "]";
  CHECK(seizes(w, unnamed).says() == "refused unknown-lot /lines/0/lot");
  Members named = outside;
  named["lines"] = "[{'lot':'X-9','substance':'CN1-12a','quantity':" + quantity("3 kg") + "}]";
  CHECK(verdict(w, seizes(w, named)) == "ok");
  CHECK(w.row<Lot>("X-9")->substance == kEphedrine);
  CHECK(w.balance("seized", kEphedrine, "X-9") == 3 * kKg);
}

TEST_CASE("seizure: stolen goods that public security finds settle the loss", "[steps][oversight]") {
  World w = guarded();
  CHECK(does(w, "loss.report", "SELLER",
             payload({{"site", "'S-SELLER'"},
                      {"lot", "'L-1'"},
                      {"quantity", quantity("12 kg")},
                      {"kind", "'stolen'"},
                      {"discovered", "'2026-03-02T01:00:00.000Z'"},
                      {"circumstances", "'被盗'"}})) == "ok");
  CHECK(verdict(w, seizes(w, {{"site", ""},
                              {"place", "'某出租屋'"},
                              {"finding", "'F-100-1'"},
                              {"lines", "[" + line("L-1", "12 kg") + "]"}})) == "ok");
  CHECK(w.balance("lost", kAnhydride, "L-1") == 0);
  CHECK(w.balance("seized", kAnhydride, "L-1") == 12 * kKg);
  CHECK(w.row<Finding>("F-100-1")->settled == 12 * kKg);
}

TEST_CASE("seizure: bad input stores nothing", "[steps][oversight]") {
  World w = guarded();
  CHECK(seizes(w, {{"place", "'路边'"}}).says() == "refused payload-form /site:one_of");
  CHECK(seizes(w, {{"lines", "[" + line("L-1", "1 kg") + "," + line("L-1", "1 kg") + "]"}}).says() ==
        "refused payload-form /lines/1/lot:duplicate");
  CHECK(seizes(w, {{"site", "'S-NOWHERE'"}}).says() == "refused unknown-site /site");
  CHECK(seizes(w, {{"finding", "'F-1-1'"}}).says() == "refused unknown-finding /finding");
  CHECK(seizes(w, {{"seized_on", "'2026-03-03'"}}).says() == "refused day-in-future /seized_on");
  CHECK(w.balance("seized", kAnhydride, "L-1") == 0);
  CHECK(seizes(w).accepted());
  CHECK(seizes(w).says() == "refused id-taken /seizure");
}

TEST_CASE("seized goods: destroyed by two persons of an agency of the city, never more than was seized",
          "[steps][oversight]") {
  World w = guarded();
  REQUIRE(seizes(w).accepted());
  CHECK(destroys(w, {}, "PS-CITY", false) == "refused needs-second-signature /signatures");
  CHECK(destroys(w, {}, "PS-COUNTY") == "refused not-for-seized header/party");
  CHECK(destroys(w, {{"quantity", quantity("20.000001 kg")}}) == "refused seized-less /quantity");
  CHECK(destroys(w, {{"seizure", "'Z-9'"}}) == "refused unknown-seizure /seizure");
  CHECK(destroys(w, {{"quantity", quantity("15 kg")}}) == "ok");
  CHECK(destroys(w) == "refused seized-less /quantity");
  CHECK(destroys(w, {{"quantity", quantity("5 kg")}, {"disposal", "'recovered'"}}) == "ok");
  CHECK(w.balance("seized", kAnhydride, "L-1") == 0);
  CHECK(w.balance("destroyed", kAnhydride, "L-1") == 15 * kKg);
  CHECK(w.balance("used", kAnhydride, "L-1") == 5 * kKg);
}

TEST_CASE("seized goods: pharmaceutical precursors are never put to use again", "[steps][oversight]") {
  World w = guarded();
  stock(w, "S-SELLER", "E-1", kEphedrine, kKg);
  REQUIRE(seizes(w, {{"lines", "[" + line("E-1", "1 kg") + "]"}}).accepted());
  const Members ephedrine = {{"lot", "'E-1'"}, {"quantity", quantity("1 kg")}};
  Members recovered = ephedrine;
  recovered["disposal"] = "'recovered'";
  CHECK(destroys(w, recovered) == "refused seized-must-be-destroyed /disposal");
  CHECK(destroys(w, ephedrine) == "ok");
}
