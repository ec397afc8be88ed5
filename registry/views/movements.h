#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// Sales and what travels because of them. Empty members of a filter do not filter.
namespace registry {

struct ConsignmentView {
  Consignment consignment;
  std::vector<ConsignmentLine> lines;
};

struct ConsignmentFilter {
  /// As sender, receiver or carrier.
  std::string party;
  std::optional<ConsignmentState> state;
  /// As carrier alone, the first or one after a handover.
  bool carried_only = false;
};

/// The newest first.
PageOf<ConsignmentView> list_consignments(Reader& reader, const ConsignmentFilter& filter, const Page& page);
std::optional<ConsignmentView> find_consignment(Reader& reader, const std::string& id);

/// Goods on the road to one party at once; whoever has more than that on the road must be told nothing at all.
inline constexpr std::size_t kUncountedMax = 10'000;
/// Consignments to the party that nobody has counted yet: what it must not learn the amounts of.
std::vector<Consignment> uncounted_for(Reader& reader, const std::string& receiver);

struct SaleFilter {
  /// As seller or buyer.
  std::string party;
  std::optional<SaleState> state;
  std::string substance;
};

/// The newest first.
PageOf<Sale> list_sales(Reader& reader, const SaleFilter& filter, const Page& page);

}  // namespace registry
