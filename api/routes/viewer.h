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
  Viewer(const Request& request, registry::Reader& reader) : party_(own_party(request)), reader_(reader) {}

  /// Empty for those who see everything.
  const std::string& party() const { return party_; }
  bool sees_all() const { return party_.empty(); }
  bool is(std::string_view party) const { return party_.empty() || party_ == party; }
  template <class T>
  bool may_see(const T& row) const {
    return party_.empty() || concerns(row, party_);
  }

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
  std::optional<std::int64_t> tells_since(const registry::Consignment& goods, const std::string& permit) const;
  std::string party_;
  registry::Reader& reader_;
  std::optional<std::vector<registry::Consignment>> uncounted_;
};

}  // namespace api
