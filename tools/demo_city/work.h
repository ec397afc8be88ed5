#pragma once

#include "tools/demo_city/dice.h"
#include "tools/demo_city/papers.h"
#include "tools/demo_city/players.h"
#include "tools/demo_city/shelves.h"
#include "tools/demo_city/trades.h"

namespace tools {

/// What units do inside their own walls.
class Work {
 public:
  Work(Players& players, DayClock& clock, Papers& papers, Shelves& shelves, Dice& dice)
      : players_(players), clock_(clock), papers_(papers), shelves_(shelves), dice_(dice) {}

  /// Production 生产 and import 进口 of the morning of the day `n` since the opening.
  void produce(int n);
  /// Use 使用 and moves between stores of the afternoon.
  void use(int n);
  /// The count 盘点 of everything at the end of the month.
  void count_all();

 private:
  Act making_act(const Making& making);
  void import_toluene();
  Act use_act(const std::string& site, const Shelf& shelf, Milli amount, const char* purpose);
  void move_stock(const std::string& unit, std::string_view substance, Milli amount);
  void use_moved(const std::string& unit);
  void count_store(const std::string& unit, const std::string& site);

  Players& players_;
  DayClock& clock_;
  Papers& papers_;
  Shelves& shelves_;
  Dice& dice_;
};

}  // namespace tools
