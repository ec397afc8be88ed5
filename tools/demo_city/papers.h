#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/demo_city/cast.h"
#include "tools/demo_city/players.h"
#include "tools/demo_city/trades.h"

namespace tools {

/// A permit or filing certificate to be issued. A standing one has no amounts.
struct Paper {
  std::string agency, kind, holder;
  std::vector<std::pair<std::string, Milli>> lines;
  std::string purpose;
  /// Days that it is in force, and its parties and places where it names them.
  int days = 28;
  std::string consignee = {}, carrier = {}, origin = {}, destination = {};
  /// It ends with the year at the latest.
  bool within_year = false;
};

/// The agencies at their counters: papers issued, and which of them stands for what.
class Papers {
 public:
  Papers(Players& players, const DayClock& clock) : players_(players), clock_(clock) {}

  /// Issues it and gives its number.
  std::string issue(const Paper& paper);
  /// The same for many, one request an agency.
  void issue_all(const std::vector<Paper>& papers);

  /// The number that was issued last for it; empty when there is none.
  std::string licence(std::string_view holder, std::string_view substance) const;
  std::string purchase(std::string_view holder, std::string_view substance) const;
  std::string transport(std::string_view sender, std::string_view receiver, std::string_view substance) const;
  std::string border(std::string_view holder, std::string_view substance) const;

 private:
  Act act_of(const Paper& paper, const std::string& number) const;
  std::string enter(const Paper& paper);
  std::string find(std::string_view use, std::string_view holder, std::string_view substance) const;

  Players& players_;
  const DayClock& clock_;
  int issued_ = 0;
  /// By use, holder and substance.
  std::map<std::string, std::string> numbers_;
};

/// The standing licences and seal cards of the cast.
std::vector<Paper> standing_papers();
/// Purchase papers for many uses, transport papers, and those for the border.
std::vector<Paper> month_papers();
/// A purchase paper for one delivery.
Paper paper_for_one(const Trade& trade, Milli amount);
/// The transport certificate 运输证明 of one delivery of medicines.
Paper medicine_road_paper(const Trade& trade, Milli amount);

}  // namespace tools
