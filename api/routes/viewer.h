#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/access/own.h"
#include "api/access/roles.h"
#include "registry/base/result.h"
#include "registry/store/store.h"

namespace api {

/// What the caller of one request may know. Regulators, auditors and bureaus know what their routes give; an officer
/// what concerns its party, and of consignments to it no amounts before its own count. Borrows the reader.
class Viewer {
 public:
  Viewer(const Request& request, registry::Reader& reader)
      : party_(own_party(request)), bounds_(bounds_of(request)), carries_(only_carries(request)), reader_(reader) {}

  /// Empty for those who see everything.
  const std::string& party() const { return party_; }
  /// No party bounds what is seen; a region may.
  bool sees_all() const { return party_.empty(); }
  /// First digits of region codes; empty for those whose sight no region bounds.
  const std::string& region() const { return bounds_.region; }
  const registry::Bounds& bounds() const { return bounds_; }
  bool carries_only() const { return carries_; }
  /// The caller's own party, or one in its agency's region.
  bool is(std::string_view party) const { return party_.empty() ? is_within(party) : party_ == party; }
  bool is_within(std::string_view party) const;
  /// As is(), or an open case of the caller's agency touches it.
  bool may_see_party(std::string_view party) const {
    return is(party) || registry::is_one_of(bounds_.touched.parties, party);
  }
  template <class T>
  bool may_see(const T& row) const {
    if (!party_.empty()) return concerns(row, party_);
    if (!answers_for(row)) return false;
    for (const std::string_view party : parties_of(row))
      if (is_within(party)) return true;
    return is_touched(row);
  }
  bool may_see(const registry::Consignment& row) const;
  /// One about a consignment concerns everybody who has a part in that.
  bool may_see(const registry::Finding& row) const;
  /// Its goods, and where it is one the paper, are those that the caller's agency answers for.
  bool answers_for(const registry::Permit& row) const;
  bool answers_for(const registry::Application& row) const;
  bool answers_for(const registry::Sale& row) const { return bounds_.has_goods(row.substance); }
  bool answers_for(const registry::BorderCase& row) const { return bounds_.has_goods(row.substance); }
  bool answers_for(const registry::Finding& row) const {
    return row.substance.empty() || bounds_.has_goods(row.substance);
  }
  bool answers_for(const registry::Consignment& row) const;
  /// The lot is or was at a site of the caller's party, or in its agency's region.
  bool may_see_lot(const registry::Lot& lot) const;
  /// The "region" of the query, narrowed to the caller's own. Refuses with not-found one outside.
  registry::Result<std::string> region_filter(const Request& request) const;

  /// The "party" of the query; an officer's own where there is none. Refuses with not-found an officer who asks for
  /// another.
  registry::Result<std::string> party_filter(const Request& request) const;

  bool is_blind_to(const registry::Consignment& consignment) const {
    return !party_.empty() && is_blind(consignment, party_);
  }
  /// For "consignment:<id>", as findings name it.
  bool is_blind_to_subject(std::string_view subject);
  /// Goods of the sale are on the road to the caller.
  bool is_blind_to_sale(const std::string& sale);
  /// The log index since which the permit's quota tells what is on the road to the caller and not counted.
  std::optional<std::int64_t> blind_since(const std::string& permit);

 private:
  const std::vector<registry::Consignment>& uncounted();
  bool is_lot_within(const std::string& lot) const;
  std::optional<registry::Consignment> consignment_of(std::string_view subject) const;
  std::optional<std::int64_t> tells_since(const registry::Consignment& goods, const std::string& permit) const;
  template <class T>
  bool is_touched(const T&) const {
    return false;
  }
  bool is_touched(const registry::BorderCase& row) const {
    return registry::is_one_of(bounds_.touched.border_cases, row.id);
  }
  std::string party_;
  registry::Bounds bounds_;
  bool carries_;
  registry::Reader& reader_;
  std::optional<std::vector<registry::Consignment>> uncounted_;
};

}  // namespace api
