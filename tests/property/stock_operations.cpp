#include <algorithm>
#include <array>

#include "operations.h"
#include "registry/domain/account.h"

namespace property {

using namespace registry;

namespace {

using Made = std::optional<Submission>;

struct Place {
  const char *site, *party;
};
const std::vector<Place> kPlaces = {{"S-MAKER", "MAKER"},  {"S-SELLER", "SELLER"},         {"S-SELLER-2", "SELLER"},
                                    {"S-BUYER", "BUYER"},  {"S-WHOLESALER", "WHOLESALER"}, {"S-PHARMACY", "HOSPITAL"},
                                    {"S-WARD", "HOSPITAL"}};

std::string today(City& city) { return city.driver().today().str(); }

/// Bulk of a precursor, or a package of a medicine.
Json new_lot(City& city, bool medicine) {
  Json out{{"lot", city.new_id("L-")}, {"expiry", city.chance(50) ? "2027-06-30" : "2026-12-31"}};
  if (!medicine) {
    out["substance"] = city.any(std::vector<std::string>{"CN2-02", "CN3-02", "CN1-03"});
    out["quantity"] = {{"unit", "g"},
                       {"value", std::to_string(1 + city.dice(5'000'000)) + "." + std::to_string(city.dice(10))}};
    if (city.chance(30)) out["purity_ppm"] = 500'000 + 1'000 * city.dice(500);
    return out;
  }
  const bool morphine = city.chance(60);
  out["substance"] = morphine ? "N-18" : city.any(std::vector<std::string>{"P2-24", "CN1-12a"});
  out["pack"] = {{"form", morphine ? "injection" : "oral"},
                 {"salt", morphine ? "hydrochloride-3h2o" : "base"},
                 {"strength", {{"unit", "mg"}, {"value", "10"}}},
                 {"per_box", 10}};
  out["quantity"] = {{"unit", "box"}, {"value", std::to_string(1 + city.dice(400))}};
  return out;
}

Made open_stock(City& city) {
  const Place& place = city.any(kPlaces);
  const bool medicine = place.party == std::string("HOSPITAL") || place.party == std::string("WHOLESALER");
  return Submission{
      "stock.open", place.party, {{"site", place.site}, {"lines", Json::array({new_lot(city, medicine)})}}};
}

Made produce(City& city) {
  Json payload = new_lot(city, false);
  payload["substance"] = "CN2-02";
  payload["site"] = "S-MAKER";
  payload["produced_on"] = today(city);
  payload["licence"] = "PR-2";
  if (const auto input = city.held("S-MAKER"))
    payload["inputs"] = Json::array({{{"lot", input->lot}, {"quantity", city.some(*input)}}});
  return Submission{"production.record", "MAKER", payload};
}

Made import_goods(City& city) {
  Json payload = new_lot(city, false);
  payload["substance"] = "CN2-02";
  payload.update({{"site", "S-BUYER"},
                  {"country", "DE"},
                  {"exporter", "Muster"},
                  {"declaration", "D-1"},
                  {"received_on", today(city)}});
  if (city.chance(80)) payload["permit"] = "IM-2";
  return Submission{"import.receive", "BUYER", payload};
}

Made at_a_place(City& city, const char* type, Json more) {
  const Place& place = city.any(kPlaces);
  const auto held = city.held(place.site);
  if (!held) return {};
  more.update({{"site", place.site}, {"lot", held->lot}, {"quantity", city.some(*held)}});
  return Submission{type, place.party, more};
}

Made use(City& city) { return at_a_place(city, "use.record", {{"purpose", "生产"}, {"used_on", today(city)}}); }

Made destroy(City& city) {
  Made out =
      at_a_place(city, "destruction.record", {{"method", "焚烧"}, {"destroyed_on", today(city)}, {"witness", "DA"}});
  if (out) out->also = {"DA"};
  return out;
}

Made move(City& city) {
  static const std::vector<std::array<const char*, 3>> ways = {{"S-SELLER", "S-SELLER-2", "SELLER"},
                                                               {"S-SELLER-2", "S-SELLER", "SELLER"},
                                                               {"S-PHARMACY", "S-WARD", "HOSPITAL"},
                                                               {"S-WARD", "S-PHARMACY", "HOSPITAL"}};
  const auto& way = city.any(ways);
  const auto held = city.held(way[0]);
  if (!held) return {};
  return Submission{"storage.move",
                    way[2],
                    {{"from_site", way[0]}, {"to_site", way[1]}, {"lot", held->lot}, {"quantity", city.some(*held)}}};
}

Made count(City& city) {
  const Place& place = city.any(kPlaces);
  const auto held = city.held(place.site);
  if (!held) return {};
  const std::int64_t step = held->row->piece ? held->row->piece : 1;
  std::int64_t counted = held->amount;
  if (city.chance(30)) counted = std::max<std::int64_t>(0, counted + step * (city.dice(7) - 3));
  Json payload{{"site", place.site},
               {"counted_on", today(city)},
               {"lines", Json::array({{{"lot", held->lot}, {"quantity", city.quantity(counted, *held->row)}}})}};
  if (!held->row->piece && city.chance(40) && !held->row->substance.starts_with("N"))
    payload["instrument"] = {{"name", "TCS-150"}, {"uncertainty", {{"unit", "g"}, {"value", "5"}}}};
  return Submission{"stock.count", place.party, payload};
}

Made lose(City& city) {
  return at_a_place(city, "loss.report",
                    {{"kind", "lost"}, {"discovered", "2026-03-01T10:00:00.000Z"}, {"circumstances", "盘点发现"}});
}

Made sample(City& city) {
  Made out = at_a_place(city, "sample.take", {{"purpose", "inspection"}, {"agency", "DA"}, {"taken_on", today(city)}});
  if (!out) return {};
  out->also = {"DA"};
  if (city.chance(50)) out->payload.update({{"sample", city.new_id("SM-")}, {"to_site", "S-DA"}});
  return out;
}

Made split(City& city) {
  const Place& place = city.any(kPlaces);
  const auto held = city.held(place.site);
  if (!held) return {};
  const std::int64_t step = held->row->piece ? held->row->piece : 1, steps = held->amount / step;
  if (steps < 2) return {};
  const std::int64_t one = 1 + city.dice(steps - 1), two = steps - one;
  const auto part = [&](std::int64_t n) {
    return Json{{"lot", city.new_id("SP-")}, {"quantity", city.quantity(n * step, *held->row)}};
  };
  return Submission{"package.split",
                    place.party,
                    {{"site", place.site},
                     {"lot", held->lot},
                     {"split_on", today(city)},
                     {"into", Json::array({part(one), part(two)})}}};
}

Made merge(City& city) {
  const Place& place = city.any(kPlaces);
  const auto a = city.held(place.site), b = city.held(place.site);
  if (!a || !b || a->lot == b->lot) return {};
  const auto all = [&](const Held& held) {
    return Json{{"lot", held.lot}, {"quantity", city.quantity(held.amount, *held.row)}};
  };
  return Submission{"package.merge",
                    place.party,
                    {{"site", place.site},
                     {"lot", city.new_id("MG-")},
                     {"merged_on", today(city)},
                     {"from", Json::array({all(*a), all(*b)})}}};
}

/// The newest use, move or opening, with a little less of everything.
Made correct(City& city) {
  if (city.correctable.empty()) return {};
  const std::int64_t index = city.any(city.correctable);
  city.correctable.clear();
  const EntryFacts* entry = city.driver().history(index);
  if (!entry) return {};
  Json lines = Json::array();
  for (const Move& move : entry->moves) {
    const Lot& lot = *city.driver().row<Lot>(move.lot);
    const std::int64_t step = lot.piece ? lot.piece : 1;
    lines.push_back({{"lot", move.lot}, {"quantity", city.quantity(move.amount - std::min(move.amount, step), lot)}});
  }
  return Submission{"entry.correct", entry->party, {{"entry", index}, {"reason", "抄写错误"}, {"lines", lines}}};
}

void may_be_corrected(City& city, const Submission&) { city.correctable.push_back(city.driver().next() - 1); }

}  // namespace

std::vector<Operation> stock_operations() {
  return {{"stock.open", 8, open_stock},
          {"production.record", 6, produce},
          {"import.receive", 3, import_goods},
          {"use.record", 6, use, may_be_corrected},
          {"storage.move", 8, move, may_be_corrected},
          {"stock.count", 8, count},
          {"loss.report", 2, lose},
          {"destruction.record", 3, destroy},
          {"sample.take", 3, sample},
          {"package.split", 5, split},
          {"package.merge", 5, merge},
          {"entry.correct", 3, correct}};
}

}  // namespace property
