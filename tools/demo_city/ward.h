#pragma once

#include <string>

#include "tools/demo_city/day_clock.h"
#include "tools/demo_city/papers.h"
#include "tools/demo_city/players.h"

namespace tools {

/// Boxes of morphine ampoules in the hospital: what its pharmacy and its ward do with single pieces. The lot is counted
/// here, in pieces, not on the shelves, which are weighed.
class Ward {
 public:
  Ward(Players& players, DayClock& clock, const Papers& papers) : players_(players), clock_(clock), papers_(papers) {}

  /// What happens on that day of the month, if anything.
  void day(int day);

 private:
  void open_boxes();
  /// A carton is split, one part goes up to the ward.
  void split_and_send_up();
  /// One prescription: at home for a patient in pain, inside for one in a bed.
  void dispense(const std::string& site, const std::string& lot, int pieces, int number, bool inside);
  /// Six of ten milligrams are given; four are poured away by two persons.
  void round_with_residue();
  void take_back();
  void count();
  Json act(Act act);
  std::string today() const { return clock_.today().str(); }

  Players& players_;
  DayClock& clock_;
  const Papers& papers_;
};

}  // namespace tools
