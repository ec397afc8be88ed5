#include "registry/steps/settlement.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/findings.h"
#include "registry/steps/paper.h"

namespace registry {
namespace {

std::int64_t arrived(const ConsignmentLine& line) { return std::min(line.shipped, line.counted); }

}  // namespace

void want_settlement(const Facts& known, const Consignment& head, FactKeys& keys) {
  const std::string road = transit_account(head.id);
  for (std::size_t n = 1; n <= static_cast<std::size_t>(head.lines); ++n) {
    const auto* line = ask<ConsignmentLine>(known, keys, head.id, line_number(n));
    if (!line) continue;
    keys.want<Balance>(road, line->substance, line->lot);
    for (const std::string& site : {site_account(head.to_site), site_account(head.from_site)}) {
      keys.want<Balance>(site, line->substance, line->lot);
      keys.want<Measurement>(site, line->lot);
    }
  }
  want_paper(known, head.permit, keys);
  for (const std::string* id : {&head.sale, &head.returns}) {
    const Sale* sale = id->empty() ? nullptr : ask<Sale>(known, keys, *id);
    if (sale) want_paper(known, sale->permit, keys);
  }
}

Settlement::Settlement(const Facts& facts, const RulePack& rules, const StepContext& context, const Shipment& shipment,
                       Arrival arrival, Outcome& out)
    : facts_(facts), rules_(rules), context_(context), shipment_(shipment), arrival_(arrival), out_(out) {}

std::string Settlement::site() const {
  const Consignment& head = *shipment_.head;
  return site_account(arrival_ == Arrival::returned ? head.from_site : head.to_site);
}

Quota::Delivery Settlement::delivery() const {
  return arrival_ == Arrival::accepted ? Quota::Delivery::over : Quota::Delivery::none;
}

void Settlement::take_in() {
  for (const ConsignmentLine* line : shipment_.lines) take_in(*line);
}

void Settlement::take_in(const ConsignmentLine& line) {
  const std::string road = transit_account(line.consignment), into = site();
  // A loss reported on the road has left it already.
  const std::int64_t on_road = facts_.balance(road, line.substance, line.lot);
  const std::int64_t from_road = std::min(line.counted, on_road);
  out_.move(line.substance, line.lot, road, into, from_road);
  out_.move(line.substance, line.lot, outside::kFound, into, line.counted - from_road);
  const Deviation found = compare(rules_, substance_of(rules_, line), line.shipped, line.counted, {line.piece});
  if (!found.beyond_tolerance) out_.move(line.substance, line.lot, road, outside::kProcessLoss, on_road - from_road);
  measure_at(into, line);
}

/// Where some of the lot lay before, the whole was not measured now: its last measurement stands, and so does the time
/// since which something can be missing.
void Settlement::measure_at(const std::string& site, const ConsignmentLine& line) {
  if (line.counted > 0 && facts_.balance(site, line.substance, line.lot) == 0)
    measure(facts_, out_, context_, site, line.lot, line.counted);
}

void Settlement::settle_papers() {
  const Consignment& head = *shipment_.head;
  if (!head.permit.empty()) settle_transport();
  for (const std::string* id : {&head.sale, &head.returns}) {
    if (id->empty()) continue;
    const Sale* sale = facts_.find<Sale>(*id);
    ensure(sale, "a consignment names a sale that exists");
    if (id == &head.sale)
      settle_purchase(*sale);
    else
      settle_return(*sale);
  }
}

void Settlement::settle_transport() {
  const Permit* permit = facts_.find<Permit>(shipment_.head->permit);
  ensure(permit, "a consignment names a permit that exists");
  Quota quota(facts_, *permit, out_);
  for (const ConsignmentLine* line : shipment_.lines) {
    const bool is_back = arrival_ != Arrival::accepted;
    quota.settle(line->substance, is_back ? 0 : line->shipped, is_back ? line->shipped : 0);
  }
  quota.finish(delivery(), context_.index);
}

void Settlement::settle_purchase(const Sale& sale) {
  std::int64_t shipped = 0, delivered = 0;
  for (const ConsignmentLine* line : shipment_.lines) {
    shipped += line->shipped;
    if (arrival_ == Arrival::accepted) delivered += arrived(*line);
  }
  if (arrival_ == Arrival::cancelled) {
    Sale after = sale;
    after.dispatched -= shipped;
    return out_.update(sale, std::move(after));
  }
  settle_sale(sale, delivered);
  // With an exemption the paper only stood beside the sale.
  if (sale.permit.empty() || !sale.exemption.empty()) return;
  const Permit* permit = facts_.find<Permit>(sale.permit);
  ensure(permit, "a sale names a permit that exists");
  Quota quota(facts_, *permit, out_);
  quota.settle(sale.substance, delivered, shipped - delivered);
  quota.finish(delivery(), context_.index);
}

/// What arrived frees the buyer's paper; what never left the buyer, or came back to it, was not returned.
void Settlement::settle_return(const Sale& sale) {
  std::int64_t shipped = 0, came = 0;
  for (const ConsignmentLine* line : shipment_.lines) {
    shipped += line->shipped;
    if (arrival_ == Arrival::accepted) came += arrived(*line);
  }
  if (arrival_ != Arrival::accepted) {
    Sale after = sale;
    after.returned -= shipped;
    return out_.update(sale, std::move(after));
  }
  if (sale.permit.empty() || !sale.exemption.empty()) return;
  const Permit* permit = facts_.find<Permit>(sale.permit);
  ensure(permit, "a sale names a permit that exists");
  // A paper that ended while the goods were on the road stays as it was written off.
  if (!can_take_back(*permit, local_date(context_.rtime))) return;
  Quota(facts_, *permit, out_).give_back(sale.substance, came);
}

/// Delivered when no more of it can come: as much as was sold, less what measuring cannot tell.
void Settlement::settle_sale(const Sale& sale, std::int64_t delivered) {
  if (arrival_ == Arrival::returned) return;
  Sale after = sale;
  after.delivered += delivered;
  const Substance* substance = rules_.substance(sale.substance);
  ensure(substance, "a recorded sale has a substance of the pack");
  const bool is_whole = !compare(rules_, *substance, sale.amount, after.delivered).beyond_tolerance;
  const bool is_open = sale.state == SaleState::recorded || sale.state == SaleState::confirmed;
  if (is_whole && is_open) after.state = SaleState::delivered;
  out_.update(sale, std::move(after));
}

}  // namespace registry
