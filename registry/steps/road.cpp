#include "registry/steps/road.h"

#include <algorithm>
#include <iterator>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"

namespace registry {
namespace {

std::vector<std::int64_t> counted_at(const Facts& facts, const Handover& handover, const Shipment& shipment) {
  std::vector<std::int64_t> out;
  for (const ConsignmentLine* line : shipment.lines) {
    // A line that the receiver added later was not there to be counted.
    const auto* counted = facts.find<HandoverLine>(handover.consignment, handover.n, line->n);
    if (!counted && out.empty()) return {};
    out.push_back(counted ? counted->amount : 0);
  }
  return out;
}

std::vector<std::int64_t> amounts_of(const Shipment& shipment, std::int64_t ConsignmentLine::*amount) {
  std::vector<std::int64_t> out;
  for (const ConsignmentLine* line : shipment.lines) out.push_back(line->*amount);
  return out;
}

/// An officer's weighing changes nobody's custody.
void add_weighing(const Facts& facts, const Shipment& shipment, std::size_t at, std::vector<RoadPoint>& road) {
  const ConsignmentLine& line = *shipment.lines[at];
  const auto* weighed = facts.find<Measurement>(transit_account(line.consignment), line.lot);
  if (!weighed) return;
  const auto later =
      std::find_if(road.begin() + 1, road.end(), [&](const RoadPoint& point) { return point.index > weighed->seq; });
  RoadPoint point{weighed->seq, std::prev(later)->custodian, {}};
  point.amounts.assign(shipment.lines.size(), kNone);
  point.amounts[at] = weighed->amount;
  road.insert(later, std::move(point));
}

}  // namespace

void want_road(const Facts& known, const Consignment& head, FactKeys& keys) {
  if (head.checked != kNone)
    for (std::size_t n = 1; n <= static_cast<std::size_t>(head.lines); ++n)
      if (const auto* line = ask<ConsignmentLine>(known, keys, head.id, line_number(n)))
        keys.want<Measurement>(transit_account(head.id), line->lot);
  for (std::size_t n = 1; n <= static_cast<std::size_t>(head.handovers); ++n) {
    if (!ask<Handover>(known, keys, head.id, line_number(n))) continue;
    for (std::size_t line = 1; line <= static_cast<std::size_t>(head.lines); ++line)
      keys.want<HandoverLine>(head.id, line_number(n), line_number(line));
  }
}

std::vector<RoadPoint> road_of(const Facts& facts, const Shipment& shipment) {
  const Consignment& head = *shipment.head;
  std::vector<RoadPoint> out{{head.dispatched, head.sender, amounts_of(shipment, &ConsignmentLine::shipped)}};
  if (head.carried != kNone)
    out.push_back({head.carried, head.carrier, amounts_of(shipment, &ConsignmentLine::carried)});
  for (std::size_t n = 1; n <= static_cast<std::size_t>(head.handovers); ++n) {
    const auto* handover = facts.find<Handover>(head.id, line_number(n));
    ensure(handover, "a consignment has as many handovers as it says");
    out.push_back({handover->seq, handover->taker, counted_at(facts, *handover, shipment)});
  }
  if (head.checked != kNone)
    for (std::size_t at = 0; at < shipment.lines.size(); ++at) add_weighing(facts, shipment, at, out);
  return out;
}

}  // namespace registry
