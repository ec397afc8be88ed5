#include "registry/steps/transit.h"

#include "registry/domain/account.h"
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

namespace {

Custody between_signatures(const RulePack& rules, const Consignment& head, const ConsignmentLine& line,
                           std::int64_t counted, std::int64_t index) {
  const Substance& substance = substance_of(rules, line);
  Custody where{head.dispatched, index, head.sender, head.vehicle, head.seals};
  // A carrier that has not signed has not taken over.
  if (line.carried == kNone) return where;
  if (!compare(rules, substance, line.shipped, line.carried).beyond_tolerance) {
    where.from = head.carried;
    where.custodian = head.carrier;
  } else if (!compare(rules, substance, line.carried, counted).beyond_tolerance) {
    where.to = head.carried;
  }
  return where;
}

}  // namespace

Custody locate(const RulePack& rules, const Consignment& head, const ConsignmentLine& line, const Measurement* weighed,
               std::int64_t counted, std::int64_t index) {
  const Substance& substance = substance_of(rules, line);
  Custody where = between_signatures(rules, head, line, counted, index);
  if (!weighed) return where;
  if (weighed->seq > where.from && !compare(rules, substance, line.shipped, weighed->amount).beyond_tolerance)
    where.from = weighed->seq;
  else if (weighed->seq < where.to && !compare(rules, substance, weighed->amount, counted).beyond_tolerance)
    where.to = weighed->seq;
  return where;
}

bool is_watched(const Consignment& head, const ConsignmentLine& line) {
  return head.checked != kNone || (line.carried != kNone && line.carried != line.shipped);
}

void want_watched(const Facts& known, const Consignment& head, const ConsignmentLine& line, FactKeys& keys) {
  if (!is_watched(head, line)) return;
  const std::string road = transit_account(head.id);
  keys.want<Balance>(road, line.substance, line.lot);
  keys.want<Measurement>(road, line.lot);
  want_shortage(known, road, line.lot, keys);
}

}  // namespace registry
