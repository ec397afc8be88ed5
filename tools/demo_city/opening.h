#pragma once

#include "tools/demo_city/papers.h"
#include "tools/demo_city/players.h"
#include "tools/demo_city/shelves.h"

namespace tools {

/// Days in which the city comes into the registry, before anybody deals.
inline constexpr int kOpeningDays = 3;

/// Day 0: policy, agencies, registration of the units. Day 1: verification, stores, officers. Day 2: licences and
/// stock.
class Opening {
 public:
  Opening(Players& players, DayClock& clock, Papers& papers, Shelves& shelves)
      : players_(players), clock_(clock), papers_(papers), shelves_(shelves) {}
  void day(int day);

 private:
  void enrol_agencies();
  void register_units();
  void verify_units();
  void open_stores();
  void open_stock();

  Players& players_;
  DayClock& clock_;
  Papers& papers_;
  Shelves& shelves_;
};

}  // namespace tools
