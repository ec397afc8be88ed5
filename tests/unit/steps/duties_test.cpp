#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

constexpr const char* kAnyuan = "360302";

/// A county with police of two levels, a registered hospital and a verified factory.
World county() {
  World w;
  w.agency("PSB", "PS", "X", kAnyuan);
  w.agency("PSB-NANCHANG", "PS", "C", "360100");
  w.unit("OPERATOR", "operator", "360000");
  w.unit("UNIT", "user", kAnyuan, PartyStatus::registered);
  w.unit("FACTORY", "producer,user", kAnyuan);
  w.site("S-1", "FACTORY", kAnyuan);
  return w;
}

World verified() {
  World w = county();
  REQUIRE(does(w, "party.verify", "PSB", "{'party':'UNIT','method':'in-person'}") == "ok");
  return w;
}

std::string report(std::string_view period, std::string_view kind = "annual", std::string_view more = "") {
  return "{'kind':'" + std::string(kind) + "','period':'" + std::string(period) + "','at_index':5,'hash':'" +
         std::string(64, 'a') + "'" + std::string(more) + "}";
}

std::string due(World& w, const std::string& obligation) {
  const auto* row = w.row<Obligation>(obligation);
  if (!row) return "none";
  return local_date(row->due.plus_ms(-1)).str() + (row->closed == kNone ? "" : " closed");
}

}  // namespace

TEST_CASE("annual report: owed from the verification on, for the year that runs", "[steps][duties]") {
  World w = verified();
  CHECK(due(w, "annual-report:UNIT:2026") == "2027-03-31");
  CHECK(w.row<Duty>("annual-report:UNIT")->obligation == "annual-report:UNIT:2026");
}

TEST_CASE("annual report: filing it closes the year and opens the next", "[steps][duties]") {
  World w = verified();
  CHECK(does(w, "report.file", "UNIT", report("2026")) == "refused period-not-over /period");
  w.go_to("2027-03-31");
  const Answer filed = w.submit("report.file", "UNIT", report("2026"));
  REQUIRE(filed.says().starts_with("accepted"));
  CHECK(filed.outcome.changes<Finding>().empty());
  CHECK(due(w, "annual-report:UNIT:2026") == "2027-03-31 closed");
  CHECK(due(w, "annual-report:UNIT:2027") == "2028-03-31");
}

TEST_CASE("annual report: a late one is stored and marked; the next is due when the law says", "[steps][duties]") {
  World w = verified();
  w.go_to("2028-06-01");
  const Answer filed = w.submit("report.file", "UNIT", report("2026"));
  REQUIRE(filed.says().starts_with("accepted"));
  REQUIRE(filed.outcome.changes<Finding>().size() == 1);
  CHECK(filed.outcome.changes<Finding>().front().after.kind == "late-report");
  CHECK(filed.outcome.changes<Finding>().front().after.lo == 428);
  CHECK(due(w, "annual-report:UNIT:2027") == "2028-03-31");
  const Answer again = w.submit("report.file", "UNIT", report("2026"));
  CHECK(again.outcome.changes<Finding>().empty());
  CHECK(w.row<Report>("UNIT", "annual", "2026")->times == 2);
  CHECK(w.row<Report>("UNIT", "annual", "2026")->first == filed.index);
}

TEST_CASE("annual report: one filed ahead of an older one is not asked for again", "[steps][duties]") {
  World w = verified();
  w.go_to("2028-02-01");
  REQUIRE(does(w, "report.file", "UNIT", report("2027")) == "ok");
  CHECK(due(w, "annual-report:UNIT:2026") == "2027-03-31");
  REQUIRE(w.submit("report.file", "UNIT", report("2026")).accepted());
  CHECK(due(w, "annual-report:UNIT:2027") == "none");
  CHECK(due(w, "annual-report:UNIT:2028") == "2029-03-31");
}

TEST_CASE("report.file: every bad field is told, and nothing is stored", "[steps][duties]") {
  World w = verified();
  CHECK(does(w, "report.file", "UNIT", "{'kind':'annual','period':'2026-13','at_index':-1,'hash':'x'}") ==
        "refused payload-form /period:bad_period /hash:bad_hash /at_index:out_of_range");
  CHECK(does(w, "report.file", "UNIT", "{'kind':'gossip','at_index':1,'hash':'" + std::string(64, 'a') + "'}") ==
        "refused payload-form /kind:not_allowed");
  w.go_to("2027-01-05");
  CHECK(does(w, "report.file", "PSB", report("2026")) == "refused report-of-units /kind");
  std::string ahead = report("2026");
  ahead.replace(ahead.find("'at_index':5"), 12, "'at_index':500");
  CHECK(does(w, "report.file", "UNIT", ahead) == "refused index-in-future /at_index");
}

TEST_CASE("count: guarded goods are counted each month, whole", "[steps][duties]") {
  World w = county();
  stock(w, "S-1", "M-1", kMorphine, 500);
  stock(w, "S-1", "M-2", kMorphine, 500);
  Obligation march;
  march.id = "count-month:S-1:2026-03";
  march.party = "FACTORY";
  march.kind = march.rule = "count-month";
  march.subject = "S-1:2026-03";
  march.due = w.rules().due(w.rules().deadline("count-month"), w.today());
  w.add(march);
  w.add(Duty{"count-month:S-1", "FACTORY", "count-month", march.id, 3, kNone});
  const auto counts = [&](const std::string& lines) {
    return does(w, "stock.count", "FACTORY", "{'site':'S-1','counted_on':'2026-03-02','lines':[" + lines + "]}",
                two(w, "FACTORY"));
  };
  const std::string one = line("M-1", "0.5 mg"), other = line("M-2", "0.5 mg");
  CHECK(counts(one) == "ok");
  CHECK(due(w, "count-month:S-1:2026-03") == "2026-04-05");
  CHECK(counts(one + "," + other) == "ok");
  CHECK(due(w, "count-month:S-1:2026-03") == "2026-04-05 closed");
  CHECK(due(w, "count-month:S-1:2026-04") == "2026-05-05");
  // A second count in March is no count of April.
  CHECK(counts(one + "," + other) == "ok");
  CHECK(due(w, "count-month:S-1:2026-04") == "2026-05-05");
}

TEST_CASE("count.demand: an agency wants a site counted; a whole count answers", "[steps][duties]") {
  World w = county();
  stock(w, "S-1", "L-1", kAcetone, 5 * kKg);
  w.start_at(40);
  CHECK(does(w, "count.demand", "FACTORY", "{'site':'S-1','reason':'抽查'}") == "refused not-an-agency header/party");
  CHECK(does(w, "count.demand", "PSB-NANCHANG", "{'site':'S-1','reason':'抽查'}") == "refused not-competent /site");
  CHECK(does(w, "count.demand", "PSB", "{'site':'S-1','reason':'抽查','by':'2026-03-01'}") ==
        "refused day-in-past /by");
  CHECK(does(w, "count.demand", "PSB", "{'site':'S-1','reason':'抽查'}") == "ok");
  CHECK(due(w, "count-demand:S-1:40") == "2026-03-04");
  CHECK(does(w, "stock.count", "FACTORY",
             "{'site':'S-1','counted_on':'2026-03-02','lines':[" + line("L-1", "5 kg") + "]}") == "ok");
  CHECK(due(w, "count-demand:S-1:40") == "2026-03-04 closed");
}

TEST_CASE("change: the clock runs from the day of the change, not from the entry", "[steps][duties]") {
  World w = county();
  Permit card;
  card.no = "YJK-1";
  card.kind = "YJK";
  card.holder = "FACTORY";
  w.add(card);
  const auto tells = [&](std::string_view day) {
    return w.submit("report.file", "FACTORY",
                    "{'kind':'change','about':'YJK-1','at_index':1,'happened_on':'" + std::string(day) + "','hash':'" +
                        std::string(64, 'a') + "'}");
  };
  CHECK(tells("2026-02-27").outcome.changes<Finding>().empty());
  World late = county();
  late.add(card);
  const Answer told = late.submit("report.file", "FACTORY",
                                  "{'kind':'change','about':'YJK-1','at_index':1,'happened_on':'2026-02-26','hash':'" +
                                      std::string(64, 'a') + "'}");
  REQUIRE(told.outcome.changes<Finding>().size() == 1);
  CHECK(told.outcome.changes<Finding>().front().after.severity == Severity::low);
}

TEST_CASE("doubt: a seller asks, the agency answers in three days", "[steps][duties]") {
  World w = county();
  const std::string rest = ",'at_index':1,'hash':'" + std::string(64, 'a') + "'}";
  REQUIRE(does(w, "report.file", "FACTORY", "{'kind':'doubt','about':'D-1','to':'PSB'" + rest) == "ok");
  CHECK(due(w, "answer-doubt:PSB:FACTORY:D-1") == "2026-03-05");
  CHECK(does(w, "report.file", "PSB", "{'kind':'doubt-answer','about':'D-1','answers':'FACTORY'" + rest) == "ok");
  CHECK(due(w, "answer-doubt:PSB:FACTORY:D-1") == "2026-03-05 closed");
}

TEST_CASE("city: the drug administration reports upwards each quarter", "[steps][duties]") {
  World w = county();
  REQUIRE(does(w, "agency.enrol", "OPERATOR",
               "{'agency':'DA-PX','name':'市药监','role':'DA','level':'C','region':'360300','key':" +
                   World::key_json("da") + "}",
               {w.admin("OPERATOR"), w.new_key("DA-PX", "da")}) == "ok");
  CHECK(due(w, "quarter-report-np:DA-PX:2026-Q1") == "2026-04-10");
}

TEST_CASE("reports: nobody reports on a paper of others", "[steps][duties]") {
  World w = county();
  Permit card;
  card.no = "YJK-9";
  card.holder = "UNIT";
  card.issuer = "PSB";
  w.add(card);
  const std::string change =
      "{'kind':'change','about':'YJK-9','at_index':1,'happened_on':'2026-03-01','hash':'" + std::string(64, 'a') + "'}";
  CHECK(does(w, "report.file", "FACTORY", change) == "refused report-about-another /about");
}

TEST_CASE("coverage: who is named and unknown is a case of the county until it is registered and verified",
          "[steps][duties]") {
  World w = county();
  const std::string naming = "{'what':'unit','name':'UNIT','region':'360302'}";
  CHECK(does(w, "party.name", "FACTORY", naming) == "ok");
  CHECK(due(w, "onboard:name:UNIT") == "2026-03-16");
  CHECK(w.row<Obligation>("onboard:name:UNIT")->region == "360302");
  CHECK(does(w, "party.name", "FACTORY", naming) == "refused named-already /name");
  CHECK(does(w, "party.verify", "PSB", "{'party':'UNIT','method':'in-person'}") == "ok");
  CHECK(due(w, "onboard:name:UNIT") == "2026-03-16 closed");
  CHECK(w.row<Named>("name:UNIT")->known_as == "UNIT");
  CHECK(does(w, "party.name", "FACTORY", naming) == "refused named-known /name");
  CHECK(does(w, "party.name", "FACTORY", "{'what':'foreign','name':'Chemie GmbH'}") ==
        "refused payload-form /country:required");
}

TEST_CASE("coverage: a party abroad is looked into by an agency, a vehicle is known when its unit adds it",
          "[steps][duties]") {
  World w = county();
  REQUIRE(does(w, "party.name", "FACTORY", "{'what':'foreign','name':'Chemie GmbH','country':'DE'}") == "ok");
  const std::string found = "{'named':'foreign:DE:Chemie GmbH','result':'looked-into','remark':'PEN'}";
  CHECK(does(w, "party.recognise", "FACTORY", found) == "refused not-an-agency header/party");
  CHECK(does(w, "party.recognise", "PSB-NANCHANG", found) == "refused not-competent /named");
  CHECK(does(w, "party.recognise", "PSB", "{'named':'foreign:DE:Nobody','result':'looked-into','remark':'PEN'}") ==
        "refused not-named /named");
  CHECK(does(w, "party.recognise", "PSB", found) == "ok");
  CHECK(due(w, "onboard:foreign:DE:Chemie GmbH") == "2026-03-16 closed");
  REQUIRE(does(w, "party.name", "FACTORY", "{'what':'plate','name':'赣J00T01'}") == "ok");
  CHECK(does(w, "vehicle.add", "FACTORY", "{'plate':'赣J00T01','kind':'truck'}") == "ok");
  CHECK(due(w, "onboard:plate:赣J00T01") == "2026-03-16 closed");
  CHECK(does(w, "vehicle.add", "FACTORY", "{'plate':'赣J00T01','kind':'truck'}") == "refused named-known /plate");
  const Answer odd = w.submit("vehicle.add", "FACTORY", "{'plate':'TRUCK 7','kind':'truck'}");
  REQUIRE(odd.accepted());
  CHECK(odd.outcome.changes<Finding>().front().after.kind == "plate-form");
}

TEST_CASE("uscc: one code belongs to one verified unit; a failing check digit is a warning", "[steps][duties]") {
  World w = verified();
  Party twin = *w.row<Party>("FACTORY");
  twin.id = twin.name = "TWIN";
  twin.status = PartyStatus::registered;
  w.add(twin);
  CHECK(does(w, "party.verify", "PSB", "{'party':'TWIN','method':'in-person'}") == "refused uscc-taken /party");
  Party first = *w.row<Party>("UNIT");
  first.status = PartyStatus::closed;
  w.add(first);
  CHECK(does(w, "party.verify", "PSB", "{'party':'TWIN','method':'in-person'}") == "ok");
  CHECK(w.row<Named>(std::string("uscc:") + twin.uscc)->known_as == "TWIN");
  const Answer odd = w.submit("party.register", "ODD",
                              "{'name':'安源化工','kinds':['user'],'uscc':'913603000000000001','region':'360302',"
                              "'address':'1 号','key':" +
                                  World::key_json("odd") + "}",
                              {w.new_key("ODD", "odd")});
  REQUIRE(odd.accepted());
  CHECK(odd.outcome.changes<Finding>().front().after.kind == "uscc-check-digit");
}
