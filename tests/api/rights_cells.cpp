#include "tests/api/rights_cells.h"

#include "schema/files.h"
#include "tests/api/city.h"

namespace city {

Cells::Cells() {
  const Json json = Json::parse(schema::file("rules/rights.json"));
  for (const Json& each : json["open"]) open.insert(each.get<std::string>());
  for (const auto& [resource, operations] : json["resources"].items()) {
    resources.insert(resource);
    for (const Json& each : operations) resource_of[each.get<std::string>()] = resource;
  }
  for (const Json& cell : json["cells"])
    for (const Json& role : cell["roles"])
      for (const Json& resource : cell["resources"])
        relation[{role.get<std::string>(), resource.get<std::string>()}] = cell["relation"].get<std::string>();
  for (const auto& [name, kind] : json["goods"].items()) kinds_of_goods.insert(name);
  for (const Json& each : json["offices"])
    for (const Json& agency : each["agencies"])
      for (const Json& resource : each["resources"])
        office[{agency.get<std::string>(), resource.get<std::string>()}] = {
            each["goods"].get<std::set<std::string>>(), each.contains("units"), each.contains("papers")};
}

const OfficeCell* Cells::office_of(const std::string& agency, const std::string& resource) const {
  const auto at = office.find({agency, resource});
  return at == office.end() ? nullptr : &at->second;
}

std::string Cells::of(const std::string& role, const std::string& resource) const {
  const auto at = relation.find({role, resource});
  return at == relation.end() ? "none" : at->second;
}

}  // namespace city
