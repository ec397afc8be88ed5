#include "api/routes/viewer.h"

#include <algorithm>

#include "api/http/text.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "registry/views/movements.h"
#include "registry/views/select.h"
#include "registry/views/stock.h"

namespace api {

using namespace registry;

namespace {

std::optional<std::int64_t> earlier(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

bool is_of_units(const Party& party, const Codes& units) {
  const std::string kinds = "," + party.kinds + ",";
  return units.empty() || std::any_of(units.begin(), units.end(), [&](const std::string& unit) {
           return kinds.find("," + unit + ",") != std::string::npos;
         });
}

/// `list` of substances, "CN1-01,CN2-02".
bool has_any(const Bounds& bounds, std::string_view list) {
  if (!bounds.goods) return true;
  while (!list.empty())
    if (bounds.has_goods(cut(list, ','))) return true;
  return false;
}

}  // namespace

bool Viewer::is_within(std::string_view party) const {
  if (bounds_.region.empty() && bounds_.units.empty()) return true;
  const auto row = find_row<Party>(reader_, party);
  return row && row->region.starts_with(bounds_.region) && is_of_units(*row, bounds_.units);
}

bool Viewer::answers_for(const Permit& row) const {
  return bounds_.has_paper(row.kind) && has_any(bounds_, row.substances);
}

bool Viewer::answers_for(const Application& row) const {
  return bounds_.has_paper(row.kind) && has_any(bounds_, row.substances);
}

bool Viewer::answers_for(const Consignment& row) const {
  if (!bounds_.goods) return true;
  const auto view = find_consignment(reader_, row.id);
  return view && std::any_of(view->lines.begin(), view->lines.end(),
                             [&](const ConsignmentLine& line) { return bounds_.has_goods(line.substance); });
}

bool Viewer::may_see(const Consignment& row) const {
  if (carries_) return row.carrier == party_ || row.custodian == party_;
  if (!party_.empty()) return concerns(row, party_);
  if (!answers_for(row)) return false;
  return is_within(row.sender) || is_within(row.receiver) || is_within(row.carrier) || is_within(row.custodian) ||
         is_one_of(bounds_.touched.consignments, row.id);
}

bool Viewer::may_see(const Finding& row) const {
  if (sees_all())
    return answers_for(row) &&
           (is_within(row.party) || is_within(row.custodian) || is_one_of(bounds_.touched.findings, row.id));
  if (concerns(row, party_)) return true;
  const auto goods = consignment_of(row.subject);
  return goods && may_see(*goods);
}

bool Viewer::may_see_lot(const Lot& lot) const {
  if (!party_.empty()) return has_held_lot(reader_, lot.id, party_);
  if (!bounds_.has_goods(lot.substance)) return false;
  return is_lot_within(lot.id) || is_one_of(bounds_.touched.lots, lot.id);
}

bool Viewer::is_lot_within(const std::string& lot) const {
  if (bounds_.region.empty() && bounds_.units.empty()) return true;
  return has_been_within(reader_, lot, bounds_);
}

Result<std::string> Viewer::region_filter(const Request& request) const {
  std::string region = TRY(query_region(request));
  if (bounds_.region.empty() || region.starts_with(bounds_.region)) return region;
  if (bounds_.region.starts_with(region)) return bounds_.region;
  return nothing("region", region);
}

Result<std::string> Viewer::party_filter(const Request& request) const {
  std::string party = TRY(query_text(request, "party"));
  if (party.empty()) return party_;
  if (!is(party)) return nothing("party", party);
  return party;
}

const std::vector<Consignment>& Viewer::uncounted() {
  if (!uncounted_) uncounted_ = uncounted_for(reader_, party_);
  return *uncounted_;
}

/// For "consignment:<id>", as findings name it.
std::optional<Consignment> Viewer::consignment_of(std::string_view subject) const {
  constexpr std::string_view kPrefix = "consignment:";
  if (!subject.starts_with(kPrefix)) return {};
  return find_row<Consignment>(reader_, subject.substr(kPrefix.size()));
}

bool Viewer::is_blind_to_subject(std::string_view subject) {
  if (sees_all()) return false;
  const auto consignment = consignment_of(subject);
  return consignment && is_blind_to(*consignment);
}

bool Viewer::is_blind_to_sale(const std::string& sale) {
  if (sees_all()) return false;
  for (const Consignment& each : uncounted())
    if ((each.sale == sale || each.returns == sale) && is_blind_to(each)) return true;
  return uncounted().size() >= kUncountedMax;
}

std::optional<std::int64_t> Viewer::blind_since(const std::string& permit) {
  if (sees_all()) return {};
  std::optional<std::int64_t> first;
  for (const Consignment& each : uncounted())
    if (is_blind_to(each)) first = earlier(first, tells_since(each, permit));
  if (!first && uncounted().size() >= kUncountedMax) return 0;
  return first;
}

/// Of the paper they travel on: what is held since they left. Of the paper they were bought on: what a cancellation of
/// the rest gave back, for that is what was not sent.
std::optional<std::int64_t> Viewer::tells_since(const Consignment& goods, const std::string& permit) const {
  if (goods.permit == permit) return goods.dispatched;
  const auto sale = goods.sale.empty() ? std::nullopt : find_row<Sale>(reader_, goods.sale);
  if (!sale || sale->permit != permit || sale->cancelled == kNone) return {};
  return sale->cancelled;
}

}  // namespace api
