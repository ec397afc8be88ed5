#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

namespace city {

/// The table of rights as it stands in the file, read anew here.
struct Cells {
  std::map<std::string, std::string> resource_of;
  std::set<std::string> open, resources;
  std::map<std::pair<std::string, std::string>, std::string> relation;

  Cells();
  /// How far the role reaches in the resource; "none" without a cell.
  std::string of(const std::string& role, const std::string& resource) const;
};

}  // namespace city
