#include "tools/demo_city/ward.h"

#include "crypto/digest.h"

namespace tools {
namespace {

const std::string kHospital = "city-hospital", kCarton = "YP-N18-01", kForWard = "YP-N18-02";

Json pieces(int n) { return {{"unit", "pcs"}, {"value", std::to_string(n)}}; }
Json micrograms(int n) { return {{"unit", "ug"}, {"value", std::to_string(n)}}; }
Json line(const std::string& lot, Json quantity) { return {{"lot", lot}, {"quantity", std::move(quantity)}}; }

/// The demo has no secrets: its salt is known to everybody.
std::string commitment(int number) { return crypto::sha256("demo prescription " + std::to_string(number)).hex(); }

}  // namespace

Json Ward::act(Act act) {
  act.hand = Hand::both;
  return players_.act(kHospital, act);
}

void Ward::day(int day) {
  switch (day) {
    case 5:
      return open_boxes();
    case 6:
      return split_and_send_up();
    case 8:
      dispense(store_of(kHospital), kCarton, 6, 1, false);
      return dispense(second_store_of(kHospital), kForWard, 1, 2, true);
    case 9:
      dispense(second_store_of(kHospital), kForWard, 2, 3, true);
      return round_with_residue();
    case 13:
      return take_back();
    case 29:
      return count();
    default:
      return;
  }
}

void Ward::open_boxes() {
  const Json pack = {{"form", "injection"},
                     {"salt", "hydrochloride-3h2o"},
                     {"strength", {{"unit", "mg"}, {"value", "10"}}},
                     {"per_strip", 5},
                     {"per_box", 10},
                     {"code", "8112345"}};
  const Json carton = {{"lot", kCarton},
                       {"substance", "N-18"},
                       {"quantity", {{"unit", "box"}, {"value", "20"}}},
                       {"expiry", clock_.today().plus_days(500).str()},
                       {"maker", "ganjiang-pharma"},
                       {"pack", pack}};
  act({"stock.open", {{"site", store_of(kHospital)}, {"lines", Json::array({carton})}}});
}

void Ward::split_and_send_up() {
  const std::string pharmacy = store_of(kHospital);
  act({"package.split",
       {{"site", pharmacy},
        {"lot", kCarton},
        {"into", Json::array({line(kForWard, {{"unit", "box"}, {"value", "2"}})})},
        {"split_on", today()}}});
  act({"storage.move",
       {{"from_site", pharmacy},
        {"to_site", second_store_of(kHospital)},
        {"lot", kForWard},
        {"quantity", pieces(20)}}});
}

void Ward::dispense(const std::string& site, const std::string& lot, int count, int number, bool inside) {
  Json given = line(lot, pieces(count));
  given["days"] = inside ? 1 : 3;
  given["doses"] = count;
  act({"use.dispense",
       {{"site", site},
        {"prescription", commitment(number)},
        {"written_on", today()},
        {"dispensed_on", today()},
        {"patient", inside ? "inpatient" : "cancer-pain"},
        {"given", inside ? "inside" : "home"},
        {"minor", "no"},
        {"permit", papers_.purchase(kHospital, "N-18")},
        {"pharmacist", kHospital + "-ph"},
        {"lines", Json::array({given})}}});
}

void Ward::round_with_residue() {
  act({"destruction.record",
       {{"site", second_store_of(kHospital)},
        {"lot", kForWard},
        {"used", micrograms(4'555)},
        {"quantity", micrograms(3'037)},
        {"method", "两人在场，倒入下水道冲洗"},
        {"destroyed_on", today()}}});
}

/// The patient's empties come back, and the ward sends down what it did not need.
void Ward::take_back() {
  act({"use.empties",
       {{"site", store_of(kHospital)},
        {"lines", Json::array({{{"lot", kCarton}, {"pieces", 6}}})},
        {"received_on", today()}}});
  act({"storage.move",
       {{"from_site", second_store_of(kHospital)},
        {"to_site", store_of(kHospital)},
        {"lot", kForWard},
        {"quantity", pieces(10)}}});
  act({"destruction.record",
       {{"site", store_of(kHospital)},
        {"lot", kCarton},
        {"empties", 6},
        {"method", "两人在场，砸碎"},
        {"destroyed_on", today()}}});
}

void Ward::count() {
  act({"stock.count",
       {{"site", store_of(kHospital)},
        {"lines", Json::array({line(kCarton, pieces(174)), line(kForWard, pieces(10))})},
        {"counted_on", today()}}});
  act({"stock.count",
       {{"site", second_store_of(kHospital)},
        {"lines", Json::array({line(kForWard, pieces(6))})},
        {"counted_on", today()}}});
}

}  // namespace tools
