#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

namespace city {

/// What a kind of agency answers for of a resource.
struct OfficeCell {
  std::set<std::string> goods;
  bool has_units = false, has_papers = false;
};

/// The table of rights as it stands in the file, read anew here.
struct Cells {
  std::map<std::string, std::string> resource_of;
  std::set<std::string> open, resources;
  std::map<std::pair<std::string, std::string>, std::string> relation;

  std::set<std::string> kinds_of_goods;
  std::map<std::pair<std::string, std::string>, OfficeCell> office;

  Cells();
  /// Null where the kind of agency has no part in the resource.
  const OfficeCell* office_of(const std::string& agency, const std::string& resource) const;
  /// How far the role reaches in the resource; "none" without a cell.
  std::string of(const std::string& role, const std::string& resource) const;
};

}  // namespace city
