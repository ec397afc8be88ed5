#include "registry/steps/transit.h"

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"

namespace registry {

Finding transit_finding(std::string_view kind, const Shipment& shipment, const RulePack& rules,
                        const ConsignmentLine& line, const Deviation& deviation, const Custody& where) {
  Finding finding = make_finding(kind, where.custodian, consignment_subject(shipment.head->id), rules,
                                 substance_of(rules, line), line.lot, deviation);
  set_custody(finding, where);
  return finding;
}

Finding unexpected_finding(const Shipment& shipment, const RulePack& rules, const ExtraLot& extra,
                           const Custody& where) {
  const std::string subject = consignment_subject(shipment.head->id);
  Finding finding = make_finding("unexpected-lot", where.custodian, subject, Severity::medium);
  if (extra.substance)
    finding = make_finding("unexpected-lot", where.custodian, subject, rules, *extra.substance, extra.line->lot,
                           compare(rules, *extra.substance, 0, extra.amount));
  finding.lot = extra.line->lot;
  set_custody(finding, where);
  return finding;
}

void want_road_shortages(const Facts& known, const Consignment& head, FactKeys& keys) {
  for (std::size_t n = 1; n <= static_cast<std::size_t>(head.lines); ++n)
    if (const auto* line = ask<ConsignmentLine>(known, keys, head.id, line_number(n)))
      want_shortage(known, transit_account(head.id), line->lot, keys);
}

Custody locate(const RulePack& rules, const Shipment& shipment, std::size_t at, const std::vector<RoadPoint>& road,
               std::int64_t counted, std::int64_t index) {
  const Consignment& head = *shipment.head;
  const ConsignmentLine& line = *shipment.lines[at];
  const Substance& substance = substance_of(rules, line);
  const auto agree = [&](std::int64_t a, std::int64_t b) {
    return !compare(rules, substance, a, b, {line.piece}).beyond_tolerance;
  };
  Custody where{head.dispatched, index, head.sender, head.vehicle, head.seals};
  for (const RoadPoint& point : road) {
    if (point.amounts.empty() || point.amounts[at] == kNone) continue;
    if (agree(line.shipped, point.amounts[at])) {
      where.from = point.index;
      where.custodian = point.custodian;
      continue;
    }
    if (agree(point.amounts[at], counted)) where.to = point.index;
    break;
  }
  return where;
}

bool is_watched(const Consignment& head, const ConsignmentLine& line) {
  return head.checked != kNone || head.handovers > 0 || (line.carried != kNone && line.carried != line.shipped);
}

void want_watched(const Facts& known, const Consignment& head, const ConsignmentLine& line, FactKeys& keys) {
  if (!is_watched(head, line)) return;
  const std::string road = transit_account(head.id);
  keys.want<Balance>(road, line.substance, line.lot);
  want_shortage(known, road, line.lot, keys);
}

}  // namespace registry
