#include "tools/demo_city/papers.h"

#include <algorithm>

namespace tools {
namespace {

/// What a kind of paper is asked for; a wholesaler's licence and a seal card are for buying as well.
std::vector<std::string> uses_of(std::string_view kind) {
  if (kind == "YJK" || kind == "NP-TRADE") return {"licence", "purchase"};
  if (kind == "IMP" || kind == "EXP") return {"border"};
  if (kind.find("-BUY") != kind.npos) return {"purchase"};
  if (kind.find("-TRAN") != kind.npos) return {"transport"};
  return {"licence"};
}

std::string key_of(std::string_view use, std::string_view holder, std::string_view substance) {
  return std::string(use) + "/" + std::string(holder) + "/" + std::string(substance);
}

std::string pair_of(std::string_view sender, std::string_view receiver) {
  return std::string(sender) + ">" + std::string(receiver);
}

}  // namespace

Act Papers::act_of(const Paper& paper, const std::string& number) const {
  const registry::Date from = clock_.today();
  registry::Date to = from.plus_days(paper.days);
  if (paper.within_year) to = std::min(to, registry::Date::of(from.year(), 12, 31));
  Json lines = Json::array();
  for (const auto& [substance, amount] : paper.lines) {
    Json line{{"substance", substance}};
    if (amount > 0) line["quantity"] = quantity(substance, amount);
    lines.push_back(std::move(line));
  }
  Json payload{{"permit", number},         {"kind", paper.kind},   {"holder", paper.holder},  {"lines", lines},
               {"valid_from", from.str()}, {"valid_to", to.str()}, {"purpose", paper.purpose}};
  if (paper.kind == "C23-BUY-N") payload["clean_since"] = from.plus_months(-14).str();
  for (const auto& [name, value] : {std::pair("consignee", &paper.consignee), std::pair("carrier", &paper.carrier),
                                    std::pair("origin", &paper.origin), std::pair("destination", &paper.destination)})
    if (!value->empty()) payload[name] = *value;
  const bool is_first = std::any_of(paper.lines.begin(), paper.lines.end(),
                                    [](const auto& line) { return line.first.starts_with("CN1"); });
  return {"permit.issue", std::move(payload), is_first ? Hand::officials : Hand::officer};
}

std::string Papers::enter(const Paper& paper) {
  const std::string serial = std::to_string(1000 + ++issued_).substr(1);
  const std::string number = paper.kind + "-" + serial;
  for (const std::string& use : uses_of(paper.kind)) {
    const std::string holder = use == "transport" ? pair_of(paper.holder, paper.consignee) : paper.holder;
    for (const auto& line : paper.lines) numbers_[key_of(use, holder, line.first)] = number;
  }
  return number;
}

std::string Papers::issue(const Paper& paper) {
  const std::string number = enter(paper);
  players_.act(paper.agency, act_of(paper, number));
  return number;
}

void Papers::issue_all(const std::vector<Paper>& papers) {
  std::map<std::string, std::vector<Act>> by_agency;
  for (const Paper& paper : papers) by_agency[paper.agency].push_back(act_of(paper, enter(paper)));
  for (const auto& [agency, acts] : by_agency) players_.act_all(agency, acts);
}

std::string Papers::find(std::string_view use, std::string_view holder, std::string_view substance) const {
  const auto at = numbers_.find(key_of(use, holder, substance));
  return at == numbers_.end() ? std::string() : at->second;
}

std::string Papers::licence(std::string_view holder, std::string_view substance) const {
  return find("licence", holder, substance);
}
std::string Papers::purchase(std::string_view holder, std::string_view substance) const {
  return find("purchase", holder, substance);
}
std::string Papers::transport(std::string_view sender, std::string_view receiver, std::string_view substance) const {
  return find("transport", pair_of(sender, receiver), substance);
}
std::string Papers::border(std::string_view holder, std::string_view substance) const {
  return find("border", holder, substance);
}

}  // namespace tools
