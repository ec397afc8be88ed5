#pragma once

#include <optional>
#include <string>

#include "tools/demo_city/market.h"

namespace tools {

/// What the report asks the registry about.
struct Story {
  /// The problem that the exhausted permit was answered with.
  Json refusal;
  /// The purchase paper that ran out, and the consignment in which something was missing.
  std::string permit, waybill;
};

/// What does not happen every day: a permit that runs out, goods that vanish on the road, and the small events of a
/// month.
class Episodes {
 public:
  Episodes(Players& players, DayClock& clock, Papers& papers, Shelves& shelves, Market& market)
      : players_(players), clock_(clock), papers_(papers), shelves_(shelves), market_(market) {}

  /// `day` counts from the first of the month, 0.
  void day(int day);
  const Story& story() const { return story_; }

 private:
  void issue_changsha_papers();
  void send_anhydride(Milli amount);
  void receive_anhydride(Milli counted, std::string_view seals);
  void ask_for_too_much();
  void stop_on_road();
  void report_theft();
  void inspect_after_theft();
  void write_off_rest();
  void issue_unused_paper();
  void close_unused_paper();
  void correct_slip();
  void replace_officer();
  void refuse_goods();
  void take_back_goods();
  void count_with_small_difference();
  void open_expired_stock();
  void destroy_expired();
  void export_acetone();

  Players& players_;
  DayClock& clock_;
  Papers& papers_;
  Shelves& shelves_;
  Market& market_;
  Story story_;
  std::optional<Deal> anhydride_, refused_;
  std::string unused_, expired_, theft_;
};

}  // namespace tools
