#include "tools/demo_city/opening.h"

namespace tools {
namespace {

Json list_of(std::string_view codes) {
  Json out = Json::array();
  while (!codes.empty()) {
    const std::size_t comma = std::min(codes.find(','), codes.size());
    out.push_back(std::string(codes.substr(0, comma)));
    codes.remove_prefix(std::min(comma + 1, codes.size()));
  }
  return out;
}

Act site_act(const UnitCard& unit, const std::string& site, const char* name, const char* kind) {
  return {"site.add",
          {{"site", site}, {"name", name}, {"kind", kind}, {"region", unit.region}, {"address", unit.address}}};
}

Act register_act(const UnitCard& unit, const Json& key) {
  return {"party.register",
          {{"name", unit.name},
           {"kinds", list_of(unit.kinds)},
           {"uscc", unit.uscc},
           {"region", unit.region},
           {"address", unit.address},
           {"key", key}}};
}

}  // namespace

void Opening::day(int day) {
  if (day == 0) {
    enrol_agencies();
    register_units();
  } else if (day == 1) {
    verify_units();
    open_stores();
  } else {
    papers_.issue_all(standing_papers());
    papers_.issue_all(month_papers());
    open_stock();
  }
}

void Opening::enrol_agencies() {
  const Json areas = Json::array({{{"name", "key_areas"}, {"value", kKeyArea}}});
  std::vector<Act> acts{{"policy.set", {{"settings", areas}}}};
  for (const AgencyCard& agency : agencies()) {
    players_.enter(agency.id, crypto::Suite::sm2_sm3);
    acts.push_back({"agency.enrol",
                    {{"agency", agency.id},
                     {"name", agency.name},
                     {"role", agency.role},
                     {"level", agency.level},
                     {"region", agency.region},
                     {"key", players_.key_json(agency.id)}},
                    Hand::head,
                    {&players_.head_key(agency.id)}});
  }
  players_.act_all("operator", acts);
  // Two of them approve every paper over class 1.
  for (const char* agency : {"ps-jiangxi", "em-jiangxi", "da-jiangxi", "da-pingxiang"})
    players_.appoint_officials(agency);
}

void Opening::register_units() {
  for (const UnitCard& unit : units()) {
    players_.enter(unit.id, unit.suite);
    players_.act(unit.id, register_act(unit, players_.key_json(unit.id)));
  }
}

void Opening::verify_units() {
  std::map<std::string, std::vector<Act>> visits;
  for (const UnitCard& unit : units())
    visits[std::string(county_police(unit.region))].push_back(
        {"party.verify", {{"party", unit.id}, {"method", "in-person"}, {"remark", "现场核实"}}});
  for (const auto& [agency, acts] : visits) players_.act_all(agency, acts);
}

void Opening::open_stores() {
  for (const UnitCard& unit : units()) {
    players_.appoint(unit.id, std::string(unit.id) + "-1", unit.site_kind ? "information-officer" : "driver");
    // From then on the pharmacist signs for the hospital, beside its head.
    if (std::string_view(unit.kinds) == "hospital")
      players_.appoint(unit.id, std::string(unit.id) + "-ph", "pharmacist");
    if (std::string_view(unit.kinds) == "carrier")
      players_.act(unit.id, {"vehicle.add", {{"plate", vehicle_of(unit.id)}, {"kind", "truck"}}});
    if (!unit.site_kind) continue;
    std::vector<Act> acts{site_act(unit, store_of(unit.id), "一号库", unit.site_kind)};
    if (const char* second = second_store_kind(unit.id))
      acts.push_back(site_act(unit, second_store_of(unit.id), "二号库", second));
    players_.act_all(unit.id, acts);
  }
}

void Opening::open_stock() {
  std::map<std::string, Json> lines;
  for (const OpeningStock& stock : opening_stocks()) {
    const std::string lot = shelves_.new_lot(stock.substance);
    lines[stock.unit].push_back(
        {{"lot", lot}, {"substance", stock.substance}, {"quantity", quantity(stock.substance, stock.amount)}});
    shelves_.put(store_of(stock.unit), lot, stock.substance, stock.amount);
  }
  for (const auto& [unit, list] : lines)
    players_.act(unit, {"stock.open", {{"site", store_of(unit)}, {"lines", list}}, Hand::both});
}

}  // namespace tools
