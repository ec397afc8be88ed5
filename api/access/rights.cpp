#include "api/access/rights.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "registry/base/fault.h"
#include "schema/files.h"

namespace api {
namespace {

[[noreturn]] void fail(const std::string& what) { throw registry::Fault("rights: " + what); }

constexpr std::string_view kAgencies[] = {"PS", "DA", "EM", "CO", "HC", "CU", "MR"};

Relation relation_of(const std::string& text) {
  if (text == "own") return Relation::own;
  if (text == "carried") return Relation::carried;
  if (text == "region") return Relation::region;
  if (text == "any") return Relation::any;
  fail("the relation " + text + " is not known");
}

void only(const Json& json, std::initializer_list<std::string_view> members) {
  if (!json.is_object()) fail("an object is expected");
  for (const auto& [member, value] : json.items())
    if (std::find(members.begin(), members.end(), member) == members.end()) fail(member + " is not known");
}

}  // namespace

/// Fills a table from its JSON.
class RightsReader {
 public:
  RightsReader(Rights& out, const Catalogue& catalogue) : out_(out), catalogue_(catalogue) {}

  void read(const Json& json) {
    only(json, {"about", "open", "resources", "cells", "goods", "offices"});
    for (const auto& each : json.at("open")) add_operation(each.get<std::string>(), "");
    for (const auto& [resource, operations] : json.at("resources").items()) {
      out_.resources_.insert(resource);
      for (const auto& each : operations) add_operation(each.get<std::string>(), resource);
    }
    for (const Json& cell : json.at("cells")) add_cells(cell);
    for (const auto& [name, kind] : json.at("goods").items()) add_goods(name, kind);
    for (const Json& office : json.at("offices")) add_offices(office);
  }

 private:
  void add_operation(const std::string& operation, const std::string& resource) {
    if (out_.open_.contains(operation) || out_.resource_of_.contains(operation)) fail(operation + " stands twice");
    if (resource.empty())
      out_.open_.insert(operation);
    else
      out_.resource_of_[operation] = resource;
  }

  void add_cells(const Json& cell) {
    only(cell, {"roles", "action", "relation", "resources"});
    if (cell.at("action") != "read") fail("the action is not known: what is written is signed");
    const Relation relation = relation_of(cell.at("relation").get<std::string>());
    for (const auto& role : cell.at("roles"))
      for (const auto& resource : cell.at("resources"))
        add_cell(role.get<std::string>(), resource.get<std::string>(), relation);
  }

  void add_cell(const std::string& role, const std::string& resource, Relation relation) {
    if (!parse_role(role)) fail("the role " + role + " is not known");
    if (!out_.resources_.contains(resource)) fail("the resource " + resource + " is not known");
    if (!out_.cells_.emplace(std::pair(role, resource), relation).second) fail(role + " has two cells for " + resource);
  }

  /// The substances that are of the kind.
  void add_goods(const std::string& name, const Json& kind) {
    only(kind, {"medicine", "pharma"});
    const bool medicine = kind.at("medicine").get<bool>(), pharma = kind.at("pharma").get<bool>();
    registry::Codes& codes = goods_[name];
    for (const Catalogue::Goods& each : catalogue_.goods)
      if (each.medicine == medicine && each.pharma == pharma) codes.push_back(each.code);
  }

  /// All kinds of goods are no bound: what has no goods is read then too.
  std::shared_ptr<const registry::Codes> goods_of(const Json& names) const {
    registry::Codes out;
    std::set<std::string> kinds;
    for (const Json& each : names) {
      const auto kind = goods_.find(each.get<std::string>());
      if (kind == goods_.end()) fail("the kind of goods " + each.get<std::string>() + " is not known");
      if (kinds.insert(kind->first).second) out.insert(out.end(), kind->second.begin(), kind->second.end());
    }
    if (kinds.size() == goods_.size()) return {};
    return in_order(std::move(out));
  }

  std::shared_ptr<const registry::Codes> papers_of(const Json& purposes) const {
    const auto wanted = purposes.get<std::set<std::string>>();
    registry::Codes out;
    for (const Catalogue::Paper& paper : catalogue_.papers)
      if (std::any_of(paper.purposes.begin(), paper.purposes.end(),
                      [&](const std::string& each) { return wanted.contains(each); }))
        out.push_back(paper.kind);
    return in_order(std::move(out));
  }

  static std::shared_ptr<const registry::Codes> in_order(registry::Codes codes) {
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return std::make_shared<const registry::Codes>(std::move(codes));
  }

  void add_offices(const Json& office) {
    only(office, {"pack", "agencies", "goods", "units", "papers", "resources", "article"});
    if (office.at("pack") != catalogue_.pack) return;
    out_.has_offices_ = true;
    registry::Bounds bounds;
    bounds.goods = goods_of(office.at("goods"));
    if (office.contains("units")) bounds.units = office["units"].get<registry::Codes>();
    if (office.contains("papers")) bounds.papers = papers_of(office["papers"]);
    for (const auto& agency : office.at("agencies"))
      for (const auto& resource : office.at("resources"))
        add_office(agency.get<std::string>(), resource.get<std::string>(), bounds);
  }

  void add_office(const std::string& agency, const std::string& resource, const registry::Bounds& bounds) {
    if (std::find(std::begin(kAgencies), std::end(kAgencies), agency) == std::end(kAgencies))
      fail("the agency " + agency + " is not known");
    if (!out_.resources_.contains(resource)) fail("the resource " + resource + " is not known");
    if (!out_.offices_.emplace(std::pair(agency, resource), bounds).second)
      fail(agency + " has two offices for " + resource);
  }

  Rights& out_;
  const Catalogue& catalogue_;
  std::map<std::string, registry::Codes> goods_;
};

Rights Rights::load(const Catalogue& catalogue) { return parse(schema::file("rules/rights.json"), catalogue); }

Rights Rights::parse(std::string_view json, const Catalogue& catalogue) {
  Rights out;
  try {
    RightsReader(out, catalogue).read(Json::parse(json));
  } catch (const Json::exception& error) {
    fail(error.what());
  }
  return out;
}

std::string_view Rights::resource_of(std::string_view operation) const {
  const auto at = resource_of_.find(operation);
  return at == resource_of_.end() ? std::string_view() : at->second;
}

Relation Rights::may(const std::vector<std::string_view>& roles, std::string_view resource) const {
  Relation widest = Relation::none;
  for (const std::string_view role : roles) {
    const auto at = cells_.find({std::string(role), std::string(resource)});
    if (at != cells_.end()) widest = std::max(widest, at->second);
  }
  return widest;
}

std::optional<registry::Bounds> Rights::office(std::string_view agency, std::string_view resource) const {
  if (!has_offices_) return registry::Bounds();
  const auto at = offices_.find({std::string(agency), std::string(resource)});
  return at == offices_.end() ? std::nullopt : std::optional(at->second);
}

void Rights::check_routes(const Routes& routes) const {
  std::set<std::string, std::less<>> there;
  for (const Route& route : routes) {
    there.insert(route.operation);
    if (route.access.open != is_open(route.operation)) fail(route.operation + " is open in one place only");
    if (!route.access.open && resource_of(route.operation).empty()) fail(route.operation + " has no resource");
  }
  for (const auto& [operation, resource] : resource_of_)
    if (!there.contains(operation)) fail(operation + " is no route");
  for (const std::string& operation : open_)
    if (!there.contains(operation)) fail(operation + " is no route");
}

}  // namespace api
