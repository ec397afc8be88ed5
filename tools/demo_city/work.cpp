#include "tools/demo_city/work.h"

#include <algorithm>

#include "tools/demo_city/market.h"

namespace tools {
namespace {

constexpr int kImportEvery = 6;

/// What goes each third day from the store to the place where it is used the day after.
struct Carriage {
  const char *unit, *substance;
  Milli amount;
};
constexpr Carriage kCarriages[] = {
    {"lianhua-dye", "CN3-01", 150'000}, {"anyuan-reagents", "CN3-02", 40'000}, {"city-hospital", "N-18", 1'500}};

bool is_guarded(const Shelf& shelf) { return good(shelf.substance).guarded; }

}  // namespace

void Work::produce(int n) {
  std::map<std::string, std::vector<Act>> acts;
  for (const Making& making : makings())
    if (n % making.every == making.offset % making.every) acts[making.unit].push_back(making_act(making));
  for (const auto& [unit, list] : acts) players_.act_all(unit, list);
  if (n % kImportEvery == 1) import_toluene();
}

Act Work::making_act(const Making& making) {
  const std::string site = store_of(making.unit), lot = shelves_.new_lot(making.substance);
  const Milli amount = dice_.between(making.low, making.high);
  Json payload{{"site", site},
               {"lot", lot},
               {"substance", making.substance},
               {"quantity", quantity(making.substance, amount)},
               {"purity_ppm", dice_.between(985'000, 999'000)},
               {"produced_on", clock_.today().str()},
               {"licence", papers_.licence(making.unit, making.substance)}};
  if (making.input) {
    const Milli input = amount * making.input_permille / 1000;
    const std::string from = shelves_.oldest(site, making.input, input).lot;
    payload["inputs"] = lot_lines(from, making.input, input);
    shelves_.take(site, from, input);
  }
  shelves_.put(site, lot, making.substance, amount);
  return {"production.record", std::move(payload), good(making.substance).guarded ? Hand::both : Hand::officer};
}

void Work::import_toluene() {
  const std::string importer = "ganxi-trade", substance = "CN3-01", lot = shelves_.new_lot(substance);
  const Milli amount = dice_.between(3'500'000, 5'000'000);
  players_.act(importer, {"import.receive",
                          {{"site", store_of(importer)},
                           {"lot", lot},
                           {"substance", substance},
                           {"quantity", quantity(substance, amount)},
                           {"permit", papers_.border(importer, substance)},
                           {"country", "KR"},
                           {"exporter", "Ulsan Petrochem Co., Ltd."},
                           {"declaration", "4003202601" + lot.substr(lot.size() - 3)},
                           {"received_on", clock_.today().str()}}});
  shelves_.put(store_of(importer), lot, substance, amount);
}

Act Work::use_act(const std::string& site, const Shelf& shelf, Milli amount, const char* purpose) {
  Act act{"use.record",
          {{"site", site},
           {"lot", shelf.lot},
           {"quantity", quantity(shelf.substance, amount)},
           {"purpose", purpose},
           {"used_on", clock_.today().str()}},
          is_guarded(shelf) ? Hand::both : Hand::officer};
  shelves_.take(site, shelf.lot, amount);
  return act;
}

void Work::use(int n) {
  std::map<std::string, std::vector<Act>> acts;
  for (const Usage& usage : usages()) {
    const Milli wanted = dice_.between(usage.low, usage.high);
    const std::string site = store_of(usage.unit);
    const Shelf* shelf = shelves_.fullest(site, usage.substance);
    if (n % usage.every != 0 || !shelf) continue;
    acts[usage.unit].push_back(use_act(site, *shelf, std::min(wanted, shelf->amount), usage.purpose));
  }
  for (const auto& [unit, list] : acts) players_.act_all(unit, list);
  for (const Carriage& each : kCarriages) {
    if (n % 3 == 0) move_stock(each.unit, each.substance, each.amount);
    if (n % 3 == 1) use_moved(each.unit);
  }
}

void Work::move_stock(const std::string& unit, std::string_view substance, Milli amount) {
  const std::string from = store_of(unit), to = second_store_of(unit);
  const std::string lot = shelves_.oldest(from, substance, amount).lot;
  players_.act(unit, {"storage.move",
                      {{"from_site", from}, {"to_site", to}, {"lot", lot}, {"quantity", quantity(substance, amount)}},
                      good(substance).guarded ? Hand::both : Hand::officer});
  shelves_.take(from, lot, amount);
  shelves_.put(to, lot, substance, amount);
}

void Work::use_moved(const std::string& unit) {
  const std::string site = second_store_of(unit);
  if (shelves_.at(site).empty()) return;
  const Shelf shelf = shelves_.at(site).front();
  players_.act(unit, use_act(site, shelf, shelf.amount, "车间、病区领用"));
}

void Work::count_store(const std::string& unit, const std::string& site) {
  const std::vector<Shelf>& shelves = shelves_.at(site);
  if (shelves.empty()) return;
  Json lines = Json::array();
  for (const Shelf& shelf : shelves)
    lines.push_back({{"lot", shelf.lot}, {"quantity", quantity(shelf.substance, shelf.amount)}});
  const bool guarded = std::any_of(shelves.begin(), shelves.end(), is_guarded);
  players_.act(unit, {"stock.count",
                      {{"site", site}, {"lines", lines}, {"counted_on", clock_.today().str()}},
                      guarded ? Hand::both : Hand::officer});
}

void Work::count_all() {
  for (const UnitCard& unit : units()) {
    if (unit.site_kind) count_store(unit.id, store_of(unit.id));
    if (second_store_kind(unit.id)) count_store(unit.id, second_store_of(unit.id));
  }
}

}  // namespace tools
