#include <map>

#include "tools/demo_city/papers.h"

namespace tools {
namespace {

constexpr int kThreeYears = 1090, kHalfYear = 178, kQuarter = 88, kYear = 360;
/// Deliveries that a month has at most.
constexpr Milli kDeliveriesMax = 24;

char class_of(std::string_view substance) { return substance.starts_with("CN") ? substance[2] : substance[0]; }

/// One purchase paper a buyer, with a line for each substance.
void add_purchases(std::vector<Paper>& out) {
  std::map<std::string, std::map<std::string, Milli>> wanted;
  for (const Trade& trade : trades())
    if (trade.buying == Buying::multi) wanted[trade.buyer][trade.substance] += trade.high * kDeliveriesMax;
  for (const auto& [buyer, lines] : wanted)
    out.push_back({std::string(county_police(unit(buyer).region)),
                   "C23-BUY-N",
                   buyer,
                   {lines.begin(), lines.end()},
                   "生产经营使用",
                   kHalfYear});
}

Paper road_paper(const Trade& trade, std::string kind, Milli amount, int days) {
  const UnitCard &from = unit(trade.seller), &to = unit(trade.buyer);
  return {std::string(county_police(from.region)),
          std::move(kind),
          trade.seller,
          {{trade.substance, amount}},
          "公路运输",
          days,
          trade.buyer,
          trade.carrier ? trade.carrier : trade.seller,
          from.region,
          to.region};
}

void add_transports(std::vector<Paper>& out) {
  for (const Trade& trade : trades()) {
    const bool crosses = needs_road_paper(unit(trade.seller).region, unit(trade.buyer).region);
    const char cls = class_of(trade.substance);
    if (!crosses || (cls != '2' && cls != '3')) continue;
    out.push_back(road_paper(trade, cls == '2' ? "C2-TRAN-3" : "C3-TRAN-3", trade.high * kDeliveriesMax, kQuarter));
  }
}

}  // namespace

std::vector<Paper> standing_papers() {
  const std::string city = "em-pingxiang", province = "em-jiangxi", drugs = "da-jiangxi";
  return {
      {city, "C2P-FILE", "antai-chem", {{"CN2-02", 0}}, "生产备案", kThreeYears},
      {city, "C3P-FILE", "yongning-acid", {{"CN3-05", 0}, {"CN3-06", 0}}, "生产备案", kThreeYears},
      {province, "C1-PROD", "fangyuan-aroma", {{"CN1-03", 0}}, "生产许可", kThreeYears},
      {drugs, "NP-PROD", "ganjiang-pharma", {{"N-18", 0}, {"P1-07", 0}}, "定点生产", kThreeYears},
      {drugs, "C1P-PROD", "ganjiang-pharma", {{"CN1-12a", 0}}, "生产许可", kThreeYears},
      {city, "C2T-FILE", "anyuan-reagents", {{"CN2-02", 0}, {"CN2-03", 0}, {"CN2-04", 0}}, "经营备案", kThreeYears},
      {city, "C3T-FILE", "anyuan-reagents", {{"CN3-01", 0}, {"CN3-02", 0}}, "经营备案", kThreeYears},
      {city, "C3T-FILE", "xiangdong-chem", {{"CN3-04", 0}, {"CN3-05", 0}}, "经营备案", kThreeYears},
      {city, "C3T-FILE", "ganxi-trade", {{"CN3-01", 0}, {"CN3-04", 0}}, "经营备案", kThreeYears},
      {drugs, "NP-TRADE", "ganxi-medicine", {{"N-18", 0}, {"P1-07", 0}}, "区域性批发", kThreeYears},
      {drugs, "C1P-TRADE", "ganxi-medicine", {{"CN1-12a", 0}}, "经营许可", kThreeYears},
      {"hc-pingxiang", "YJK", "city-hospital", {{"N-18", 0}, {"P1-07", 0}}, "医疗", kThreeYears},
  };
}

std::vector<Paper> month_papers() {
  std::vector<Paper> out;
  add_purchases(out);
  add_transports(out);
  out.push_back({"co-jiangxi", "IMP", "ganxi-trade", {{"CN3-01", 60'000'000}}, "一般贸易进口", kYear});
  out.push_back({"co-jiangxi", "EXP", "ganxi-trade", {{"CN3-02", 2'500'000}}, "一般贸易出口", kYear});
  return out;
}

Paper paper_for_one(const Trade& trade, Milli amount) {
  Paper paper{"", "", trade.buyer, {{trade.substance, amount}}, "单次购买"};
  const bool is_pharma = std::string_view(trade.substance) == "CN1-12a";
  const bool is_first = class_of(trade.substance) == '1';
  paper.kind = is_pharma ? "C1P-BUY" : is_first ? "C1-BUY" : "C23-BUY-1";
  if (is_first)
    paper.agency = is_pharma ? "da-pingxiang" : "ps-jiangxi";
  else
    paper.agency = county_police(unit(trade.buyer).region);
  return paper;
}

Paper medicine_road_paper(const Trade& trade, Milli amount) {
  Paper paper = road_paper(trade, "NP-TRAN", amount, 14);
  paper.agency = "da-jiangxi";
  paper.within_year = true;
  return paper;
}

}  // namespace tools
