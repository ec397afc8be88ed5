#include "registry/tracing/localisation.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "ledger.h"
#include "registry/views/duties.h"
#include "registry/views/select.h"

using namespace tracing_test;

namespace {

Localisation of_consignment(Ledger& ledger, const std::string& id) {
  const auto places = localise_consignment(*ledger.read(), rules(), id);
  REQUIRE(places.size() == 1);
  return places.front();
}

Localisation of_finding(Ledger& ledger, const std::string& kind) {
  const auto reader = ledger.read();
  FindingFilter filter;
  filter.kind = kind;
  const auto found = list_findings(*reader, filter, {}).rows;
  REQUIRE(found.size() == 1);
  const auto place = localise_finding(*reader, rules(), found.front().id);
  REQUIRE(place);
  return *place;
}

/// Public security of the city, with a key.
void officials(Ledger& ledger) {
  ledger.unit("PSB", "公安局", "agency", "360300");
  Party agency;
  agency.id = "PSB";
  agency.name = "公安局";
  agency.kinds = "agency";
  agency.region = "360300";
  agency.status = PartyStatus::verified;
  agency.agency_role = "PS";
  agency.agency_level = "C";
  ledger.add(std::move(agency));
}

std::string liable(const Localisation& place) {
  for (const Custodian& custodian : place.custodians)
    if (custodian.liable) return custodian.party;
  return {};
}

}  // namespace

TEST_CASE("localise: 1.2 kg missing between carrier and receiver lie between their signatures", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  const auto sent = ledger.dispatch("C-1", "L-1", "10");
  const auto carried = ledger.carry("C-1", "L-1", "10");
  const auto counted = ledger.count("C-1", "L-1", "8.8");
  for (const Localisation& place : {of_consignment(ledger, "C-1"), of_finding(ledger, "loss-in-transit")}) {
    CHECK(place.subject == "consignment:C-1");
    CHECK(place.lot == "L-1");
    CHECK(place.from_index == carried);
    CHECK(place.to_index == counted);
    CHECK(place.missing == 12 * kKg / 10);
    CHECK(place.lo < place.missing);
    CHECK(place.lo > 11 * kKg / 10);
    CHECK(place.hi - place.missing == place.missing - place.lo);
    CHECK(liable(place) == "CARRIER");
    CHECK(place.custodians.size() == 3);
    CHECK(place.vehicle == "赣J00T01");
    CHECK(place.permits == std::vector<std::string>{"GB-1"});
    REQUIRE(place.measurements.size() == 3);
    CHECK(place.measurements[0].index == sent);
    CHECK(place.last_agreeing == 1u);
    CHECK(place.first_disagreeing == 2u);
    CHECK(place.measurements[1].party == "CARRIER");
    CHECK(place.measurements[1].agrees);
    CHECK(place.measurements[2].amount == 88 * kKg / 10);
    REQUIRE(place.measurements[2].keys.size() == 1);
    CHECK(place.measurements[2].keys[0].party == "BUYER");
    CHECK(place.measurements[2].keys[0].officer == "officer-BUYER");
    REQUIRE(place.seals.size() == 3);
    CHECK(place.seals[0].seals == "K-17");
    CHECK(place.seals[0].state == "applied");
    CHECK(place.seals[1].state == "intact");
    CHECK(place.seals[2].state == "broken");
    CHECK(place.events.empty());
  }
  CHECK(of_finding(ledger, "seal-broken").measurements.empty());
  CHECK(liable(of_finding(ledger, "seal-broken")) == "CARRIER");
}

TEST_CASE("localise: where the carrier never signed, the interval begins when the goods were sent", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  const auto sent = ledger.dispatch("C-1", "L-1", "10");
  const auto counted = ledger.count("C-1", "L-1", "8.8");
  const Localisation place = of_consignment(ledger, "C-1");
  CHECK(place.from_index == sent);
  CHECK(place.to_index == counted);
  CHECK(liable(place) == "SELLER");
  REQUIRE(place.events.size() == 1);
  CHECK(place.events[0].here);
  CHECK(place.events[0].to == "transit:C-1");
}

TEST_CASE("localise: a carrier that signs the full amount after the count had it before", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  const auto sent = ledger.dispatch("C-1", "L-1", "10");
  const auto counted = ledger.count("C-1", "L-1", "8.8");
  ledger.carry("C-1", "L-1", "10");
  const Localisation place = of_consignment(ledger, "C-1");
  CHECK(place.from_index == sent);
  CHECK(place.to_index == counted);
  CHECK(liable(place) == "CARRIER");
  // What was found then stands as it was found.
  CHECK(liable(of_finding(ledger, "loss-in-transit")) == "SELLER");
}

TEST_CASE("localise: what the carrier did not get is the sender's", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  const auto sent = ledger.dispatch("C-1", "L-1", "10");
  const auto carried = ledger.carry("C-1", "L-1", "9");
  ledger.count("C-1", "L-1", "9");
  const Localisation place = of_consignment(ledger, "C-1");
  CHECK(place.from_index == sent);
  CHECK(place.to_index == carried);
  CHECK(liable(place) == "SELLER");
  CHECK(place.measurements[2].agrees);
}

TEST_CASE("localise: what is lost on the way back is between the two counts", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  ledger.carry("C-1", "L-1", "10");
  const auto counted = ledger.count("C-1", "L-1", "10");
  ledger.submit("transfer.refuse", "BUYER", "{'consignment':'C-1','reason':'x'}");
  const auto back = ledger.submit("transfer.count", "SELLER",
                                  "{'consignment':'C-1','seals_intact':'none','lines':[" + line("L-1", "9") + "]}");
  const Localisation place = of_consignment(ledger, "C-1");
  REQUIRE(place.measurements.size() == 4);
  CHECK(place.measurements[2].amount == 10 * kKg);
  CHECK(place.from_index == counted);
  CHECK(place.to_index == back);
  CHECK(liable(place) == "BUYER");
}

TEST_CASE("localise: a consignment that agrees has no interval", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  CHECK_FALSE(of_consignment(ledger, "C-1").has_interval());
  ledger.carry("C-1", "L-1", "10");
  ledger.count("C-1", "L-1", "9.999");
  const Localisation place = of_consignment(ledger, "C-1");
  CHECK_FALSE(place.has_interval());
  CHECK(place.measurements.size() == 3);
  CHECK(liable(place).empty());
}

TEST_CASE("localise: a shortage in stock lies between the last two counts", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  const auto good = ledger.count_stock("L-1", "500");
  const auto sent = ledger.dispatch("C-1", "L-1", "10");
  ledger.submit("stock.count", "BUYER",
                "{'site':'S-BUYER','counted_on':'2026-03-02','lines':[" + line("L-1", "0") + "]}");
  const auto bad = ledger.count_stock("L-1", "480");
  ledger.count_stock("L-1", "480");
  const auto place = localise_stock(*ledger.read(), rules(), "S-SELLER", "L-1");
  REQUIRE(place);
  const Localisation found = of_finding(ledger, "count-shortage");
  for (const Localisation* each : {&*place, &found}) {
    CHECK(each->from_index == good);
    CHECK(each->to_index == bad);
    CHECK(each->missing == 10 * kKg);
    CHECK(liable(*each) == "SELLER");
    REQUIRE(each->events.size() == 2);
    CHECK(each->events[0].index == sent);
    CHECK(each->events[0].here);
    CHECK(each->events[1].to == "counted");
    REQUIRE(each->first_disagreeing);
    CHECK(each->measurements[*each->first_disagreeing].expected == 490 * kKg);
    CHECK(each->measurements[*each->last_agreeing].amount == 500 * kKg);
  }
  CHECK(place->measurements.size() == 4);
  CHECK(found.measurements.size() == 3);
}

TEST_CASE("localise: a loss reported from stock begins at the last measurement", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  const auto counted = ledger.count_stock("L-1", "500");
  const auto reported =
      ledger.submit("loss.report", "SELLER",
                    "{'site':'S-SELLER','lot':'L-1','quantity':" + quantity("2") +
                        ",'kind':'lost','discovered':'2026-03-02T02:00:00.000Z','circumstances':'雨'}");
  const Localisation place = of_finding(ledger, "loss-reported");
  CHECK(place.from_index == counted);
  CHECK(place.to_index == reported);
  CHECK(place.missing == 2 * kKg);
  CHECK(place.last_agreeing == 1u);
  CHECK_FALSE(place.first_disagreeing);
}

TEST_CASE("localise: a finding about a lot names its entry", "[tracing]") {
  Ledger ledger;
  ledger.submit("production.record", "MAKER",
                "{'site':'S-MAKER','lot':'L-7','substance':'CN1-03','quantity':" + quantity("2") +
                    ",'produced_on':'2026-03-01'}");
  const Localisation place = of_finding(ledger, "produced-without-permit");
  CHECK(place.subject == "lot:L-7");
  CHECK(place.to_index == 0);
  CHECK(place.events.size() == 1);
  CHECK(liable(place) == "MAKER");
}

TEST_CASE("localise: nothing comes of what is not there", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  CHECK(localise_consignment(*ledger.read(), rules(), "NO-SUCH").empty());
  CHECK_FALSE(localise_stock(*ledger.read(), rules(), "S-BUYER", "L-1"));
  CHECK_FALSE(localise_finding(*ledger.read(), rules(), "F-0-1"));
}

TEST_CASE("localise: a roadside stop lies between the signatures and narrows the interval", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  officials(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  const auto carried = ledger.carry("C-1", "L-1", "10");
  const auto stopped = ledger.submit("checkpoint.stop", "PSB",
                                     "{'stop':'T-1','vehicle':'赣J00T01','place':'沪昆高速','region':'360302','"
                                     "consignment':'C-1','paper':'not-needed',"
                                     "'lines':[{'substance':'CN2-02','lot':'L-1','quantity':" +
                                         quantity("10") + "}]}");
  const auto counted = ledger.count("C-1", "L-1", "8.8");
  for (const Localisation& place : {of_consignment(ledger, "C-1"), of_finding(ledger, "loss-in-transit")}) {
    CHECK(place.from_index == stopped);
    CHECK(place.to_index == counted);
    CHECK(liable(place) == "CARRIER");
    REQUIRE(place.measurements.size() == 4);
    CHECK(place.measurements[1].index == carried);
    CHECK(place.measurements[2].party == "PSB");
    CHECK(place.measurements[2].agrees);
  }
}

TEST_CASE("localise: an inspector's count bounds a shortage as a count of the unit's own does", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  officials(ledger);
  const auto inspected =
      ledger.submit("inspection.record", "PSB",
                    "{'inspection':'I-1','site':'S-SELLER','inspected_on':'2026-03-02','access':'given','lines':[" +
                        line("L-1", "500") + "]}");
  const auto bad = ledger.count_stock("L-1", "480");
  const Localisation place = of_finding(ledger, "count-shortage");
  CHECK(place.from_index == inspected);
  CHECK(place.to_index == bad);
  CHECK(place.missing == 20 * kKg);
}

namespace {

/// CARRIER hands C-1 to SECOND, both of them counting 10 kg or nobody.
std::int64_t hand_over(Ledger& ledger, bool counted) {
  ledger.unit("SECOND", "第二承运", "carrier", "360302");
  const std::int64_t at = ledger.size();
  auto head = *find_row<Consignment>(*ledger.read(), "C-1");
  head.handovers = 1;
  head.custodian = "SECOND";
  ledger.add(std::move(head));
  ledger.add(Handover{"C-1", "001", "CARRIER", "SECOND", "赣J00T02", "", at});
  if (counted) ledger.add(HandoverLine{"C-1", "001", "001", 10 * kKg});
  return ledger.move("transfer.handover", "SECOND", {});
}

std::vector<std::string> all_liable(const Localisation& place) {
  std::vector<std::string> out;
  for (const Custodian& custodian : place.custodians)
    if (custodian.liable) out.push_back(custodian.party);
  return out;
}

}  // namespace

TEST_CASE("localise: a loss after a counted handover is the second carrier's", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  ledger.carry("C-1", "L-1", "10");
  const auto handed = hand_over(ledger, true);
  const auto counted = ledger.count("C-1", "L-1", "8.8");
  for (const Localisation& place : {of_consignment(ledger, "C-1"), of_finding(ledger, "loss-in-transit")}) {
    CHECK(place.from_index == handed);
    CHECK(place.to_index == counted);
    CHECK(place.measurements.size() == 4);
    CHECK(place.custodians.size() == 4);
    CHECK(all_liable(place) == std::vector<std::string>{"SECOND"});
  }
}

TEST_CASE("localise: after a handover that nobody counted both carriers stand in the interval", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  const auto carried = ledger.carry("C-1", "L-1", "10");
  hand_over(ledger, false);
  const auto counted = ledger.count("C-1", "L-1", "8.8");
  const Localisation place = of_finding(ledger, "loss-in-transit");
  CHECK(place.from_index == carried);
  CHECK(place.to_index == counted);
  CHECK(all_liable(place) == std::vector<std::string>{"CARRIER", "SECOND"});
}
