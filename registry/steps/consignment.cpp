#include "registry/steps/consignment.h"

#include <algorithm>

#include "registry/domain/number_key.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"

namespace registry {
namespace {

Result<ExtraLot> find_extra(const Facts& facts, const RulePack& rules, const LotLine& line) {
  if (!facts.find<Lot>(line.lot)) return ExtraLot{&line, nullptr, nullptr, 0};
  const LotAmount known = TRY(find_lot(facts, rules, line));
  return ExtraLot{&line, known.lot, known.substance, known.amount};
}

/// By what the lot's package holds.
Result<std::int64_t> check_line_amount(const Facts& facts, const RulePack& rules, const LotLine& line,
                                       const ConsignmentLine& shipped) {
  const Lot* lot = facts.find<Lot>(shipped.lot);
  ensure(lot, "a consignment line has a lot that was entered");
  return check_goods_amount(*line.quantity, substance_of(rules, shipped), *lot, line.place.pointer("quantity"));
}

}  // namespace

std::string consignment_subject(std::string_view id) { return "consignment:" + std::string(id); }

std::string line_number(std::size_t n) { return number_key(static_cast<std::int64_t>(n), 3); }

void want_shipment(const Facts& known, std::string_view id, FactKeys& keys) {
  const auto* head = ask<Consignment>(known, keys, id);
  if (!head) return;
  for (std::size_t n = 1; n <= static_cast<std::size_t>(head->lines); ++n)
    keys.want<ConsignmentLine>(id, line_number(n));
}

Result<Shipment> find_shipment(const Facts& facts, std::string_view id) {
  Shipment out{facts.find<Consignment>(id), {}};
  if (!out.head) return refuse("unknown-consignment").with("consignment", std::string(id)).at("/consignment");
  for (std::size_t n = 1; n <= static_cast<std::size_t>(out.head->lines); ++n) {
    out.lines.push_back(facts.find<ConsignmentLine>(id, line_number(n)));
    ensure(out.lines.back(), "a consignment has as many lines as it says");
  }
  return out;
}

Result<Measured> measure_shipment(const Facts& facts, const RulePack& rules, const Shipment& shipment,
                                  const std::vector<LotLine>& lines) {
  Measured out;
  out.amounts.resize(shipment.lines.size());
  for (const LotLine& line : lines) {
    const auto at = std::find_if(shipment.lines.begin(), shipment.lines.end(),
                                 [&](const ConsignmentLine* shipped) { return shipped->lot == line.lot; });
    if (at == shipment.lines.end()) {
      out.extra.push_back(TRY(find_extra(facts, rules, line)));
      continue;
    }
    out.amounts[static_cast<std::size_t>(at - shipment.lines.begin())] =
        TRY(check_line_amount(facts, rules, line, **at));
  }
  return out;
}

const Substance& substance_of(const RulePack& rules, const ConsignmentLine& line) {
  const Substance* substance = rules.substance(line.substance);
  ensure(substance, "a consignment line has a substance of the pack");
  return *substance;
}

const std::string& holder_of(const Consignment& head) {
  if (!head.custodian.empty()) return head.custodian;
  return head.carried != kNone ? head.carrier : head.sender;
}

bool is_counted_back(const Facts& facts, const Consignment& head) {
  const Obligation* take_back = facts.find<Obligation>("take-back:" + consignment_subject(head.id));
  return take_back && head.counted > take_back->opened;
}

}  // namespace registry
