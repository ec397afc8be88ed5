#include "api/access/rights.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "registry/base/fault.h"
#include "schema/files.h"

namespace api {
namespace {

[[noreturn]] void fail(const std::string& what) { throw registry::Fault("rights: " + what); }

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
  explicit RightsReader(Rights& out) : out_(out) {}

  void read(const Json& json) {
    only(json, {"about", "open", "resources", "cells"});
    for (const auto& each : json.at("open")) add_operation(each.get<std::string>(), "");
    for (const auto& [resource, operations] : json.at("resources").items()) {
      out_.resources_.insert(resource);
      for (const auto& each : operations) add_operation(each.get<std::string>(), resource);
    }
    for (const Json& cell : json.at("cells")) add_cells(cell);
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

  Rights& out_;
};

Rights Rights::load() { return parse(schema::file("rules/rights.json")); }

Rights Rights::parse(std::string_view json) {
  Rights out;
  try {
    RightsReader(out).read(Json::parse(json));
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
