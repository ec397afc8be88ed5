#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/access/roles.h"
#include "api/http/route.h"
#include "registry/domain/bounds.h"

namespace api {

/// What the table of rights speaks of and the rule pack knows: substances, and kinds of papers with what they allow.
struct Catalogue {
  struct Goods {
    std::string code;
    bool medicine = false, pharma = false;
  };
  struct Paper {
    std::string kind;
    std::vector<std::string> purposes;
  };
  /// "cn": offices are those of its law.
  std::string pack;
  std::vector<Goods> goods;
  std::vector<Paper> papers;
};

/// The table of rights (schema/rules/rights.json): role, resource, action, relation; and which goods of a resource a
/// kind of agency answers for. Immutable.
class Rights {
 public:
  /// The embedded table.
  static Rights load(const Catalogue& catalogue);
  /// Throws registry::Fault for an unknown role, resource, action, relation, kind of agency or of goods, a cell, an
  /// operation or an office that stands twice, and a member that is not known.
  static Rights parse(std::string_view json, const Catalogue& catalogue);

  bool is_open(std::string_view operation) const { return open_.contains(operation); }
  /// Empty for an operation that no resource names.
  std::string_view resource_of(std::string_view operation) const;
  /// The widest relation that any of the roles has; none without a cell.
  Relation may(const std::vector<std::string_view>& roles, std::string_view resource) const;
  /// What an agency of this kind (PS DA EM CO HC CU MR) answers for of the resource; nothing where it has no part in
  /// it. Region and case are the caller's own. Everything under a pack for which the table has no offices.
  std::optional<registry::Bounds> office(std::string_view agency, std::string_view resource) const;
  /// Throws registry::Fault unless every route is either open or of one resource, and no right is about a route that is
  /// not there.
  void check_routes(const Routes& routes) const;

 private:
  std::set<std::string, std::less<>> open_, resources_;
  std::map<std::string, std::string, std::less<>> resource_of_;
  std::map<std::pair<std::string, std::string>, Relation> cells_;
  std::map<std::pair<std::string, std::string>, registry::Bounds> offices_;
  bool has_offices_ = false;
  friend class RightsReader;
};

}  // namespace api
