#pragma once

#include <functional>
#include <string_view>

#include "tools/demo_city/episodes.h"
#include "tools/demo_city/market.h"
#include "tools/demo_city/opening.h"
#include "tools/demo_city/two_way.h"
#include "tools/demo_city/ward.h"
#include "tools/demo_city/work.h"

namespace tools {

inline constexpr int kMonthDays = 30;

/// How far the month is, at the end of a day.
struct DayNews {
  /// 1 to kMonthDays.
  int day;
  registry::Date date;
  std::size_t entries, deals;
  /// What was not as on other days; mostly empty.
  std::string_view remark;
};

/// Thirty days of the city, the same at each run.
class Month {
 public:
  Month(Players& players, DayClock& clock, crypto::NoteVerifier log_key);
  /// Plays all days from `first` on. Calls `tell` after each; ends early when it gives false.
  bool play(registry::Date first, const std::function<bool(const DayNews&)>& tell);
  const Story& story() const { return episodes_.story(); }
  std::size_t deals() const { return market_.deals(); }

 private:
  void play_day(int day);

  Players& players_;
  DayClock& clock_;
  crypto::NoteVerifier log_key_;
  Dice dice_;
  Shelves shelves_;
  Papers papers_;
  Opening opening_;
  Market market_;
  Work work_;
  Episodes episodes_;
  Ward ward_;
  TwoWay two_way_;
  int working_days_ = 0;
};

}  // namespace tools
