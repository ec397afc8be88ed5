#pragma once

#include <string>
#include <vector>

#include "tools/demo_city/dice.h"
#include "tools/demo_city/papers.h"
#include "tools/demo_city/players.h"
#include "tools/demo_city/shelves.h"
#include "tools/demo_city/trades.h"

namespace tools {

/// One sale and its one delivery.
struct Deal {
  const Trade* trade;
  Milli amount;
  std::string sale, waybill, lot;
  /// Of the buyer, and of the seller for the road; empty where none is asked.
  std::string purchase, transport;
};

/// Sales, deliveries and receipts between the units of the cast.
class Market {
 public:
  Market(Players& players, DayClock& clock, Papers& papers, Shelves& shelves, Dice& dice)
      : players_(players), clock_(clock), papers_(papers), shelves_(shelves), dice_(dice) {}

  /// What arrives in the morning, and the deals of the working day `n`, each party's entries together.
  void work(int n);
  /// What arrives on a day without deals.
  void receive_arrivals();

  /// A deal with its papers and goods, before anybody has signed.
  Deal strike(const Trade& trade, Milli amount);
  Act sale_of(const Deal& deal) const;
  /// Sale, confirmation, dispatch and pick-up.
  void send(const Deal& deal);
  /// The blind count. Gives the receipt, which reveals what was shipped.
  Json count(const Deal& deal, Milli counted, std::string_view seals);
  void accept(const Deal& deal, Milli counted);

  std::size_t deals() const { return deals_; }

 private:
  Act confirm_of(const Deal& deal) const;
  Act dispatch_of(const Deal& deal) const;
  Act carry_of(const Deal& deal) const;
  Milli counted(const Deal& deal);
  void receive(const Deal& deal);
  bool comes_tomorrow(const Deal& deal) const;
  template <class Who, class What>
  void together(const std::vector<Deal>& deals, Who who, What what);

  Players& players_;
  DayClock& clock_;
  Papers& papers_;
  Shelves& shelves_;
  Dice& dice_;
  std::size_t deals_ = 0;
  std::vector<Deal> on_road_;
};

/// [{"lot": ..., "quantity": ...}]
Json lot_lines(const std::string& lot, std::string_view substance, Milli amount);

}  // namespace tools
