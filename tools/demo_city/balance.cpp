#include <algorithm>
#include <iostream>
#include <map>
#include <vector>

#include "registry/domain/quantity.h"
#include "tools/cli/table.h"
#include "tools/demo_city/report.h"

namespace tools {
namespace {

/// Columns of the answer that stand together in one column of ours.
struct Column {
  const char* head;
  std::vector<const char*> plus, minus;
};
const std::vector<Column> kColumns{
    {"opened 期初", {"opened"}, {}},   {"made 生产", {"produced"}, {}},
    {"import 进口", {"imported"}, {}}, {"used 使用", {"used"}, {}},
    {"export 出口", {"exported"}, {}}, {"burnt 销毁", {"destroyed"}, {}},
    {"lost 流失", {"lost"}, {}},       {"scales 误差", {"process_loss", "count_shortage"}, {"count_surplus", "found"}}};

std::int64_t amount(const Json& holder, const char* name) { return holder.at(name).at("amount").get<std::int64_t>(); }

std::string text(const Json& line, std::int64_t value) {
  const bool is_medicine = line.at("closing").value("unit", "") == "ug";
  return value == 0 ? "0"
                    : registry::format_amount(value, is_medicine ? registry::BaseUnit::ug : registry::BaseUnit::mg);
}

std::string cell(const Json& line, const Column& column) {
  std::int64_t value = 0;
  for (const char* name : column.plus) value += amount(line.at("columns"), name);
  for (const char* name : column.minus) value -= amount(line.at("columns"), name);
  return text(line, value);
}

void print_lines(const std::vector<Json>& lines) {
  std::vector<std::vector<std::string>> rows{{"substance 品种"}};
  for (const Column& column : kColumns) rows.front().push_back(column.head);
  rows.front().insert(rows.front().end(), {"closing 期末", "sum 差"});
  for (const Json& line : lines) {
    const GoodCard& known = good(line.value("substance", ""));
    std::vector<std::string> row{std::string(known.english) + " " + known.name};
    for (const Column& column : kColumns) row.push_back(cell(line, column));
    row.push_back(text(line, amount(line, "closing")));
    row.push_back(text(line, amount(line, "residual")));
    rows.push_back(std::move(row));
  }
  for (std::size_t column = 1; column < rows.front().size(); ++column) align_right(rows, column);
  Table table(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) table.add(rows[i]);
  table.print(std::cout);
}

/// What lies in stores and is on the road, by the balances of the single lots.
std::map<std::string, std::int64_t> stocks(Reading& api) {
  std::map<std::string, std::int64_t> sums;
  for (const char* where : {"site", "transit"})
    for (const Json& row : api.all(std::string("/v1/balances?where=") + where))
      sums[row.value("substance", "")] += amount(row, "amount");
  return sums;
}

}  // namespace

void show_balance(Reading& api, registry::Date from, registry::Date to, Broken& broken) {
  heading("4. Mass balance 物料平衡 of the whole city, " + from.str() + " to " + to.str());
  const auto lines = api.all("/v1/mass-balance?scope=ledger&prove=1&from=" + from.str() + "&to=" + to.str());
  print_lines(lines);
  auto left = stocks(api);
  // The ledger is younger than the period: an opening would be matter that no entry brought.
  const bool is_zero = std::all_of(lines.begin(), lines.end(), [](const Json& line) {
    return amount(line, "opening") == 0 && amount(line, "residual") == 0 && line.value("sum_of_all_accounts", 1) == 0;
  });
  const bool agrees = std::all_of(lines.begin(), lines.end(), [&](const Json& line) {
    return amount(line, "closing") == left[line.value("substance", "")];
  });
  const bool complete = lines.size() == goods().size();
  std::cout << "  in - out - closing, and the sum of all accounts, is " << (is_zero ? "0" : "NOT ZERO")
            << " for each of " << lines.size() << " substances 收支相符; closing is " << (agrees ? "" : "NOT ")
            << "what all lots in stores and on the road add up to 账实相符\n";
  broken.unless(complete && is_zero, "the month's balance is zero for each of the twelve substances");
  broken.unless(agrees, "what is left by the balance is what the lots add up to");
}

}  // namespace tools
