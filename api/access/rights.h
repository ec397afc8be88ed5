#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/access/roles.h"
#include "api/http/route.h"

namespace api {

/// The table of rights: role, resource, action, relation (schema/rules/rights.json). Immutable.
class Rights {
 public:
  /// The embedded table.
  static Rights load();
  /// Throws registry::Fault for an unknown role, resource, action or relation, a cell or an operation that stands
  /// twice, and a member that is not known.
  static Rights parse(std::string_view json);

  bool is_open(std::string_view operation) const { return open_.contains(operation); }
  /// Empty for an operation that no resource names.
  std::string_view resource_of(std::string_view operation) const;
  /// The widest relation that any of the roles has; none without a cell.
  Relation may(const std::vector<std::string_view>& roles, std::string_view resource) const;
  /// Throws registry::Fault unless every route is either open or of one resource, and no right is about a route that is
  /// not there.
  void check_routes(const Routes& routes) const;

 private:
  std::set<std::string, std::less<>> open_, resources_;
  std::map<std::string, std::string, std::less<>> resource_of_;
  std::map<std::pair<std::string, std::string>, Relation> cells_;
  friend class RightsReader;
};

}  // namespace api
