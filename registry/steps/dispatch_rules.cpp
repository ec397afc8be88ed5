#include "registry/steps/dispatch_rules.h"

#include <algorithm>
#include <optional>

#include "registry/rules/goods.h"
#include "registry/rules/trade_rules.h"
#include "registry/steps/exemption.h"
#include "registry/steps/paper.h"
#include "registry/steps/quota.h"

namespace registry {
namespace {

std::int64_t total_of(const std::vector<LotAmount>& lots) {
  std::int64_t total = 0;
  for (const LotAmount& lot : lots) total += lot.amount;
  return total;
}

Refusal about(std::string_view rule, std::string_view sale) {
  return refuse(rule).with("sale", std::string(sale)).at("/sale");
}

Check check_between(const Sale& sale, const Departure& departure) {
  const std::string& gets = sale.consignee.empty() ? sale.buyer : sale.consignee;
  if (sale.seller != departure.sender.id || gets != departure.receiver.id) return about("sale-of-others", sale.id);
  for (const LotAmount& lot : departure.lots)
    if (lot.substance->code != sale.substance)
      return about("sale-other-substance", sale.id)
          .with("lot", lot.lot->id)
          .with("substance", lot.substance->name_en)
          .with("substance_zh", lot.substance->name_zh);
  return Accepted{};
}

Check check_rest(const Sale& sale, const Departure& departure) {
  const std::int64_t left = sale.amount - sale.dispatched, wanted = total_of(departure.lots);
  if (wanted <= left) return Accepted{};
  const BaseUnit unit = departure.lots.front().substance->unit;
  return about("sale-exceeded", sale.id)
      .with("left", format_amount(left, unit))
      .with("wanted", format_amount(wanted, unit));
}

/// One use is one delivery.
Check check_paper_of(const Facts& facts, const Sale& sale, Date today) {
  if (sale.permit.empty()) return Accepted{};
  const Permit* paper = facts.find<Permit>(sale.permit);
  ensure(paper, "a sale names a permit that exists");
  TRY(check_in_force(*paper, {.act_day = today, .today = today, .pointer = "/sale"}));
  if (paper->uses == PermitUses::once && sale.dispatched > 0)
    return refuse("permit-used").with("permit", paper->no).at("/sale");
  return Accepted{};
}

/// What goes of one substance.
struct Cargo {
  const Substance* substance;
  std::int64_t amount;
};

std::vector<Cargo> by_substance(const std::vector<LotAmount>& lots) {
  std::vector<Cargo> out;
  for (const LotAmount& lot : lots) {
    const auto at =
        std::find_if(out.begin(), out.end(), [&](const Cargo& cargo) { return cargo.substance == lot.substance; });
    if (at == out.end())
      out.push_back({lot.substance, lot.amount});
    else
      at->amount += lot.amount;
  }
  return out;
}

/// A paper is asked on every transport, also inside a city (442-52).
bool always_bound(const RulePack& rules, const Substance& substance) {
  const auto kinds = rules.permit_kinds();
  return std::any_of(kinds.begin(), kinds.end(), [&](const PermitKind& kind) {
    return rules.serves(kind, PermitPurpose::transport, substance) && rules.trade().terms(kind.code).every_transport;
  });
}

Check check_waived(const Facts& facts, const RulePack& rules, const Departure& departure, const Sale* sale,
                   const std::vector<Cargo>& cargos) {
  for (const Cargo& cargo : cargos)
    TRY(check_exemption(facts, rules, *cargo.substance,
                        {.id = departure.exemption,
                         .waives = PermitPurpose::transport,
                         .party = departure.receiver,
                         .paper = sale ? std::string_view(sale->permit) : std::string_view(),
                         .amount = cargo.amount,
                         .form = sale ? std::string_view(sale->form) : std::string_view(),
                         .doses = sale ? sale->doses : 0,
                         .act_day = departure.today,
                         .today = departure.today}));
  return Accepted{};
}

Refusal permit_required(const RulePack& rules, const Departure& departure, const Substance& substance) {
  return refuse("transport-permit-required")
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .with("from", departure.from.region)
      .with("to", departure.to.region)
      .with("kinds", rules.kinds_for(PermitPurpose::transport, substance))
      .at("/permit");
}

PaperUse transport_of(const Departure& departure) {
  // Without a carrier the sender drives.
  return {.purpose = PermitPurpose::transport,
          .holder = departure.sender.id,
          .act_day = departure.today,
          .today = departure.today,
          .consignee = departure.receiver.id,
          .carrier = departure.carrier.empty() ? std::string_view(departure.sender.id) : departure.carrier,
          .from_region = departure.from.region,
          .to_region = departure.to.region};
}

Check draw(const Facts& facts, const RulePack& rules, const Departure& departure, const std::vector<Cargo>& cargos,
           Outcome& out) {
  const Permit* paper = nullptr;
  for (const Cargo& cargo : cargos)
    paper = TRY(check_paper(facts, rules, departure.permit, *cargo.substance, transport_of(departure)));
  Quota quota(facts, *paper, out);
  for (const Cargo& cargo : cargos) TRY(quota.check(*cargo.substance, cargo.amount, "/permit"));
  for (const Cargo& cargo : cargos) quota.hold(cargo.substance->code, cargo.amount);
  return Accepted{};
}

}  // namespace

Result<const Sale*> check_sale(const Facts& facts, const Departure& departure) {
  const Sale* none = nullptr;
  const bool is_internal = departure.sender.id == departure.receiver.id;
  if (departure.sale.empty() && is_internal) return none;
  if (departure.sale.empty()) return refuse("sale-required").with("receiver", departure.receiver.id).at("/sale");
  const Sale* sale = facts.find<Sale>(departure.sale);
  if (!sale) return about("unknown-sale", departure.sale);
  TRY(check_between(*sale, departure));
  if (sale->cancelled != kNone) return about("sale-cancelled", sale->id);
  if (sale->state == SaleState::disputed) return about("sale-in-dispute", sale->id);
  TRY(check_paper_of(facts, *sale, departure.today));
  TRY(check_rest(*sale, departure));
  return sale;
}

Result<const Sale*> check_return(const Facts& facts, const Departure& departure) {
  const auto about_return = [&](std::string_view rule) {
    return refuse(rule).with("sale", std::string(departure.returns)).at("/returns");
  };
  const Sale* sale = facts.find<Sale>(departure.returns);
  if (!sale) return about_return("unknown-sale");
  const std::string& has = sale->consignee.empty() ? sale->buyer : sale->consignee;
  const bool is_of_sale = std::all_of(departure.lots.begin(), departure.lots.end(),
                                      [&](const LotAmount& lot) { return lot.substance->code == sale->substance; });
  if (has != departure.sender.id || sale->seller != departure.receiver.id || !is_of_sale)
    return about_return("return-of-others");
  const std::int64_t left = sale->delivered - sale->returned, wanted = total_of(departure.lots);
  const BaseUnit unit = departure.lots.front().substance->unit;
  if (wanted > left)
    return about_return("return-exceeded")
        .with("left", format_amount(left, unit))
        .with("wanted", format_amount(wanted, unit));
  if (sale->permit.empty() || !sale->exemption.empty()) return sale;
  const Permit* paper = facts.find<Permit>(sale->permit);
  ensure(paper, "a sale names a permit that exists");
  if (can_take_back(*paper, departure.today)) return sale;
  return about_return("return-needs-new-permit").with("permit", paper->no);
}

Check draw_transport(const Facts& facts, const RulePack& rules, const Departure& departure, const Sale* sale,
                     std::string_view key_areas, Outcome& out) {
  std::vector<Cargo> cargos = by_substance(departure.lots);
  const bool crosses = rules.crosses_border(departure.from.region, departure.to.region, key_areas, departure.today);
  std::vector<Cargo> bound = cargos;
  std::erase_if(bound, [&](const Cargo& c) {
    return !rules.needs_permit(PermitPurpose::transport, *c.substance) ||
           (!crosses && !always_bound(rules, *c.substance));
  });
  if (bound.empty() && departure.permit.empty()) return Accepted{};
  if (!departure.permit.empty()) return draw(facts, rules, departure, bound.empty() ? cargos : bound, out);
  if (!departure.exemption.empty()) return check_waived(facts, rules, departure, sale, bound);
  return permit_required(rules, departure, *bound.front().substance);
}

Check check_delivery(const RulePack& rules, const Departure& departure) {
  if (departure.sender.id == departure.receiver.id) return Accepted{};
  for (const LotAmount& lot : departure.lots) {
    const Delivery* rule = rules.goods().delivery(*lot.substance, departure.receiver.kinds, departure.today);
    if (!rule) continue;
    const auto& kinds = rule->site_kinds;
    if (std::find(kinds.begin(), kinds.end(), departure.to.kind) == kinds.end())
      return refuse("delivery-to-pharmacy").with("site", departure.to.id).at("/to_site");
    if (departure.carrier == departure.receiver.id)
      return refuse("hospital-may-not-collect").with("receiver", departure.receiver.id).at("/carrier");
  }
  return Accepted{};
}

}  // namespace registry
