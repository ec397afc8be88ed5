#include "tools/demo_city/market.h"

#include <map>

namespace tools {
namespace {

/// Ephedrine tablets of 30 mg.
constexpr Milli kTabletMg = 30;

std::string numbered(const char* prefix, std::size_t n) { return prefix + std::to_string(10'000 + n).substr(1); }

/// Whether an ephedrine delivery goes under the exemption for small amounts to hospitals and wholesalers.
bool is_small_ephedrine(const Deal& deal) { return std::string_view(deal.trade->substance) == "CN1-12a"; }

bool crosses(const Trade& trade) { return needs_road_paper(unit(trade.seller).region, unit(trade.buyer).region); }

std::string seals_of(const Deal& deal) {
  return "封签 " + deal.waybill.substr(2) + "-A, " + deal.waybill.substr(2) + "-B";
}

}  // namespace

Json lot_lines(const std::string& lot, std::string_view substance, Milli amount) {
  return Json::array({{{"lot", lot}, {"quantity", quantity(substance, amount)}}});
}

Deal Market::strike(const Trade& trade, Milli amount) {
  const std::string store = store_of(trade.seller);
  Deal deal{&trade, amount, numbered("S-", ++deals_), numbered("W-", deals_), {}, {}, {}};
  deal.lot = shelves_.oldest(store, trade.substance, amount).lot;
  shelves_.take(store, deal.lot, amount);
  if (trade.buying == Buying::once)
    deal.purchase = papers_.issue(paper_for_one(trade, amount));
  else if (trade.buying == Buying::exempt)
    deal.purchase = papers_.purchase(trade.buyer, "N-18");
  else
    deal.purchase = papers_.purchase(trade.buyer, trade.substance);
  const bool is_medicine = good(trade.substance).medicine;
  if ((!crosses(trade) && !is_medicine) || is_small_ephedrine(deal)) return deal;
  deal.transport = is_medicine ? papers_.issue(medicine_road_paper(trade, amount))
                               : papers_.transport(trade.seller, trade.buyer, trade.substance);
  return deal;
}

Act Market::sale_of(const Deal& deal) const {
  Json payload{{"sale", deal.sale},
               {"buyer", deal.trade->buyer},
               {"substance", deal.trade->substance},
               {"quantity", quantity(deal.trade->substance, deal.amount)},
               {"licence", papers_.licence(deal.trade->seller, deal.trade->substance)},
               {"permit", deal.purchase},
               {"payment", "transfer"},
               {"checks", {"paper-seen", "identity-seen", "copies-kept"}},
               {"sold_on", clock_.today().str()}};
  if (deal.trade->buying == Buying::exempt) payload["exemption"] = "EX-16";
  if (deal.transport.empty() && crosses(*deal.trade)) {
    // What goes without a transport paper goes as tablets, and the sale says how many.
    payload["form"] = "tablets";
    payload["doses"] = deal.amount / kTabletMg;
  }
  return {"sale.record", std::move(payload)};
}

Act Market::confirm_of(const Deal& deal) const {
  return {"sale.confirm", {{"sale", deal.sale}, {"quantity", quantity(deal.trade->substance, deal.amount)}}};
}

Act Market::dispatch_of(const Deal& deal) const {
  const Trade& trade = *deal.trade;
  Json payload{{"consignment", deal.waybill},
               {"receiver", trade.buyer},
               {"from_site", store_of(trade.seller)},
               {"to_site", store_of(trade.buyer)},
               {"lines", lot_lines(deal.lot, trade.substance, deal.amount)},
               {"sale", deal.sale}};
  if (trade.carrier) {
    payload["carrier"] = trade.carrier;
    payload["vehicle"] = vehicle_of(trade.carrier);
    payload["seals"] = seals_of(deal);
  }
  if (!deal.transport.empty())
    payload["permit"] = deal.transport;
  else if (crosses(trade))
    payload["exemption"] = "EX-23-c";
  return {"transfer.dispatch", std::move(payload), good(trade.substance).guarded ? Hand::both : Hand::officer};
}

Act Market::carry_of(const Deal& deal) const {
  Json payload{{"consignment", deal.waybill},
               {"vehicle", vehicle_of(deal.trade->carrier)},
               {"seals", seals_of(deal)},
               {"seals_intact", "yes"},
               {"lines", lot_lines(deal.lot, deal.trade->substance, deal.amount)}};
  if (!deal.transport.empty()) payload["permit"] = deal.transport;
  return {"transfer.carry", std::move(payload)};
}

void Market::send(const Deal& deal) {
  players_.act(deal.trade->seller, sale_of(deal));
  players_.act(deal.trade->buyer, confirm_of(deal));
  players_.act(deal.trade->seller, dispatch_of(deal));
  if (deal.trade->carrier) players_.act(deal.trade->carrier, carry_of(deal));
}

Json Market::count(const Deal& deal, Milli counted, std::string_view seals) {
  const Hand hand = good(deal.trade->substance).guarded ? Hand::both : Hand::officer;
  return players_.act(deal.trade->buyer, {"transfer.count",
                                          {{"consignment", deal.waybill},
                                           {"lines", lot_lines(deal.lot, deal.trade->substance, counted)},
                                           {"seals_intact", std::string(seals)}},
                                          hand});
}

void Market::accept(const Deal& deal, Milli counted) {
  players_.act(deal.trade->buyer, {"transfer.accept", {{"consignment", deal.waybill}}});
  shelves_.put(store_of(deal.trade->buyer), deal.lot, deal.trade->substance, counted);
}

/// A scale may show a little less of a liquid, well within its tolerance of 0.3 %.
Milli Market::counted(const Deal& deal) {
  const bool is_short = good(deal.trade->substance).liquid && dice_.one_in(8);
  return is_short ? deal.amount - deal.amount / 1000 : deal.amount;
}

void Market::receive(const Deal& deal) {
  const Milli amount = counted(deal);
  count(deal, amount, deal.trade->carrier ? "yes" : "none");
  accept(deal, amount);
}

bool Market::comes_tomorrow(const Deal& deal) const {
  return std::string_view(unit(deal.trade->seller).region).substr(0, 4) !=
         std::string_view(unit(deal.trade->buyer).region).substr(0, 4);
}

void Market::receive_arrivals() {
  std::vector<Deal> arrived;
  arrived.swap(on_road_);
  for (const Deal& deal : arrived) receive(deal);
}

template <class Who, class What>
void Market::together(const std::vector<Deal>& deals, Who who, What what) {
  std::map<std::string, std::vector<Act>> acts;
  for (const Deal& deal : deals)
    if (who(deal)) acts[who(deal)].push_back(what(deal));
  for (const auto& [party, list] : acts) players_.act_all(party, list);
}

void Market::work(int n) {
  receive_arrivals();
  std::vector<Deal> deals;
  for (const Trade& trade : trades())
    if (n % trade.every == trade.offset % trade.every)
      deals.push_back(strike(trade, dice_.between(trade.low, trade.high)));
  const auto seller = [](const Deal& deal) { return deal.trade->seller; };
  together(deals, seller, [&](const Deal& deal) { return sale_of(deal); });
  together(
      deals, [](const Deal& deal) { return deal.trade->buyer; }, [&](const Deal& deal) { return confirm_of(deal); });
  together(deals, seller, [&](const Deal& deal) { return dispatch_of(deal); });
  together(
      deals, [](const Deal& deal) { return deal.trade->carrier; }, [&](const Deal& deal) { return carry_of(deal); });
  for (const Deal& deal : deals) {
    if (comes_tomorrow(deal))
      on_road_.push_back(deal);
    else
      receive(deal);
  }
}

}  // namespace tools
