#include "registry/steps/stop_compare.h"

#include <algorithm>

#include "registry/steps/findings.h"

namespace registry {
namespace {

using Deviations = std::vector<StopDeviation>;

void add(Deviations& out, std::string_view kind) {
  const auto same = [&](const StopDeviation& other) { return other.kind == kind && !other.line; };
  if (std::none_of(out.begin(), out.end(), same)) out.push_back({std::string(kind), nullptr, 0});
}

/// A point that the papers state is what the registry knows; one that they do not state is no difference.
void compare_text(Deviations& out, std::string_view kind, const std::string& seen, const std::string& known) {
  if (!seen.empty() && !known.empty() && seen != known) add(out, kind);
}

void compare_paper(Deviations& out, const SeenOnRoad& seen, const KnownLoad& known) {
  if (!known.permit) return;
  const Permit& paper = *known.permit;
  if (seen.paper_missing) add(out, "stop-paper-not-carried");
  const bool is_spent = paper.status == PermitStatus::revoked || paper.status == PermitStatus::closed ||
                        paper.status == PermitStatus::suspended || paper.status == PermitStatus::lost;
  if (is_spent || paper.valid_to < known.today || known.today < paper.valid_from) add(out, "stop-paper-not-valid");
  compare_text(out, "stop-paper-kind", seen.paper_kind, paper.kind);
}

bool covers_substance(const Permit& paper, const std::string& code) {
  const std::string list = "," + paper.substances + ",";
  return list.find("," + code + ",") != std::string::npos;
}

/// Without a consignment the paper alone says what may be on the road.
void compare_with_paper(Deviations& out, const SeenOnRoad& seen, const KnownLoad& known) {
  const Permit& paper = *known.permit;
  compare_text(out, "stop-owner", seen.owner, paper.holder);
  compare_text(out, "stop-consignee", seen.consignee, paper.consignee);
  compare_text(out, "stop-carrier", seen.carrier, paper.carrier);
  compare_text(out, "stop-destination", seen.destination, paper.destination);
  for (const SeenGoods& goods : seen.goods)
    if (!covers_substance(paper, goods.substance->code)) add(out, "stop-variety");
  // Goods on the road belong to a dispatch; a paper alone moves nothing.
  add(out, "stop-not-dispatched");
}

/// The amount seen of a line: of its lot, or, where no label names the lot, of its substance if that is one line.
void compare_goods(Deviations& out, const RulePack& rules, const SeenOnRoad& seen, const Shipment& shipment) {
  for (const SeenGoods& goods : seen.goods) {
    std::int64_t shipped = 0;
    const ConsignmentLine* named = nullptr;
    for (const ConsignmentLine* line : shipment.lines) {
      if (line->substance != goods.substance->code || (!goods.lot.empty() && line->lot != goods.lot)) continue;
      named = shipped == 0 ? line : nullptr;
      shipped += line->shipped;
    }
    if (shipped == 0)
      add(out, "stop-variety");
    else if (compare(rules, *goods.substance, shipped, goods.amount, {named ? named->piece : 0}).beyond_tolerance)
      out.push_back({"stop-quantity", named, goods.amount});
  }
}

void compare_with_shipment(Deviations& out, const RulePack& rules, const SeenOnRoad& seen, const KnownLoad& known) {
  const Consignment& head = *known.shipment->head;
  const bool is_on_road = head.state == ConsignmentState::dispatched || head.state == ConsignmentState::carried ||
                          head.state == ConsignmentState::refused;
  if (!is_on_road) add(out, "stop-not-dispatched");
  compare_text(out, "stop-vehicle", seen.vehicle, head.vehicle);
  compare_text(out, "stop-owner", seen.owner, head.sender);
  compare_text(out, "stop-consignee", seen.consignee, head.receiver);
  compare_text(out, "stop-carrier", seen.carrier, head.carrier.empty() ? head.sender : head.carrier);
  compare_text(out, "stop-destination", seen.destination, known.destination);
  compare_goods(out, rules, seen, *known.shipment);
}

}  // namespace

std::vector<StopDeviation> compare_stop(const RulePack& rules, const SeenOnRoad& seen, const KnownLoad& known) {
  Deviations out;
  if (seen.seal_broken) add(out, "stop-seal");
  compare_paper(out, seen, known);
  if (known.shipment)
    compare_with_shipment(out, rules, seen, known);
  else if (known.permit)
    compare_with_paper(out, seen, known);
  else if (!seen.goods.empty())
    add(out, "stop-unknown-vehicle");
  return out;
}

}  // namespace registry
