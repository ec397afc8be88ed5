#include <iostream>

#include "tools/cli/table.h"
#include "tools/demo_city/report.h"

namespace tools {
namespace {

/// "permit", "held", "used", "granted" or "lapsed".
std::string kind_of(const std::string& account) { return account.substr(0, account.find(':')); }

std::string words(const Json& line) {
  const std::string from = kind_of(line.value("from", "")), to = kind_of(line.value("to", ""));
  if (from == "granted") return "issued 核发";
  if (to == "lapsed") return "lapsed 余量作废";
  if (to == "used") return "written off 核销";
  return to == "held" ? "drawn 核减" : "given back 退回";
}

void print_lines(const std::vector<Json>& lines) {
  std::vector<std::vector<std::string>> rows{
      {"entry", "time", "step", "by", "what", "amount", "left 余量", "held 占用", "used 已核销"}};
  for (const Json& line : lines)
    rows.push_back({std::to_string(line.at("index").get<std::int64_t>()), local_time(line.at("rtime")),
                    line.value("type", ""), line.value("party", ""), words(line), amount_text(line.at("amount")),
                    amount_text(line.at("left")), amount_text(line.at("held")), amount_text(line.at("used"))});
  for (const std::size_t column : {0u, 5u, 6u, 7u, 8u}) align_right(rows, column);
  Table table(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) table.add(rows[i]);
  table.print(std::cout);
}

std::int64_t amount(const Json& holder, const char* name) { return holder.at(name).at("amount").get<std::int64_t>(); }

}  // namespace

void show_refusal(const Story& story, Broken& broken) {
  heading("1. Refused: a permit that was exhausted 额度不足，拒绝登记");
  const Json& problem = story.refusal;
  for (const char* member : {"title", "title_zh", "detail", "detail_zh", "article", "what_to_do", "what_to_do_zh"})
    if (problem.contains(member)) std::cout << "  " << problem[member].get<std::string>() << '\n';
  std::cout << "  (" << problem.value("status", 0) << " " << problem.value("rule", "") << ")\n";
  broken.unless(problem.value("rule", "") == "permit-exhausted", "the exhausted permit is refused as such");
}

void show_write_off(Reading& api, const Story& story, Broken& broken) {
  heading("2. Write-off statement of permit " + story.permit + " 核销单");
  const Json permit = api.get("/v1/permits/" + story.permit);
  const Json& sum = permit.at("amounts").at(0);
  std::cout << "  " << permit.value("kind_zh", "") << ", holder " << permit.value("holder", "") << ", "
            << sum.value("substance", "") << ", state " << permit.value("state", "") << '\n';
  const auto lines = api.all("/v1/permits/" + story.permit + "/statement");
  print_lines(lines);
  std::cout << "  granted " << amount_text(sum.at("granted")) << " = used " << amount_text(sum.at("used"))
            << " + lapsed " << amount_text(sum.at("lapsed")) << "; left " << amount_text(sum.at("left")) << ", held "
            << amount_text(sum.at("held")) << '\n';
  broken.unless(!lines.empty() && amount(sum, "left") == 0 && amount(sum, "held") == 0 &&
                    amount(sum, "granted") == amount(sum, "used") + amount(sum, "lapsed"),
                "the permit is written off to zero");
}

}  // namespace tools
