#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/options.h"
#include "tools/cli/table.h"

// The commands that only show what the server answers.
namespace tools {
namespace {

using Json = nlohmann::json;
/// Head of a column and the member that fills it.
using Columns = std::vector<std::pair<const char*, const char*>>;

void print_rows(const Json& rows, const Columns& columns) {
  std::vector<std::string> heads;
  for (const auto& column : columns) heads.emplace_back(column.first);
  Table table(std::move(heads));
  for (const Json& row : rows) {
    std::vector<std::string> cells;
    for (const auto& column : columns) cells.push_back(cell(row, column.second));
    table.add(std::move(cells));
  }
  if (rows.empty())
    std::cout << "nothing 无\n";
  else
    table.print(std::cout);
}

void print_members(const Json& row, const Columns& members) {
  for (const auto& [label, member] : members)
    if (const std::string text = cell(row, member); !text.empty())
      std::cout << label << std::string(18 - std::min<std::size_t>(17, display_width(label)), ' ') << text << '\n';
}

const Columns kBalanceColumns{{"account 账户", "account"},
                              {"substance 品种", "substance"},
                              {"lot 批次", "lot"},
                              {"amount 数量", "amount"}};

std::string segment(const std::string& text) { return url_encode(text); }

}  // namespace

int run_trace(const TraceOptions& options) {
  ServerLink link(options.at.server, options.at.token);
  const Json lot = get_json(link, "/v1/lots/" + segment(options.lot));
  if (options.json) return std::cout << lot.dump(2) << '\n', kGood;
  print_members(lot, {{"lot 批次", "id"},
                      {"substance 品种", "substance"},
                      {"maker 来源单位", "maker"},
                      {"made from 原批次", "parents"},
                      {"purity ppm 纯度", "purity_ppm"},
                      {"expiry 有效期", "expiry"},
                      {"entry 登记序号", "seq"}});
  std::cout << '\n';
  print_rows(lot.at("balances"), kBalanceColumns);
  return kGood;
}

int run_balance(const BalanceOptions& options) {
  ServerLink link(options.at.server, options.at.token);
  const Json rows = get_rows(link, with_query("/v1/balances", {{"where", options.where},
                                                               {"party", options.party},
                                                               {"place", options.place},
                                                               {"substance", options.substance},
                                                               {"lot", options.lot}}));
  if (options.json) return std::cout << rows.dump(2) << '\n', kGood;
  print_rows(rows, kBalanceColumns);
  return kGood;
}

int run_permit(const PermitOptions& options) {
  ServerLink link(options.at.server, options.at.token);
  const std::string path = "/v1/permits/" + segment(options.number);
  Json permit = get_json(link, path);
  const Json lines = get_rows(link, path + "/statement");
  if (options.json) {
    permit["statement"] = lines;
    return std::cout << permit.dump(2) << '\n', kGood;
  }
  print_members(permit, {{"permit 许可证", "no"},
                         {"kind 种类", "kind"},
                         {"", "kind_zh"},
                         {"holder 持证单位", "holder"},
                         {"issuer 发证机关", "issuer"},
                         {"valid from 有效自", "valid_from"},
                         {"valid to 有效至", "valid_to"},
                         {"state 状态", "state"},
                         {"purpose 用途", "purpose"}});
  std::cout << '\n';
  print_rows(permit.at("amounts"), {{"substance 品种", "substance"},
                                    {"granted 核准", "granted"},
                                    {"left 余量", "left"},
                                    {"held 占用", "held"},
                                    {"used 已用", "used"}});
  std::cout << "\nwrite-off 核销\n";
  print_rows(lines, {{"entry 序号", "index"},
                     {"time 时间", "rtime"},
                     {"type 步骤", "type"},
                     {"party 单位", "party"},
                     {"from", "from"},
                     {"to", "to"},
                     {"amount 数量", "amount"},
                     {"left 余量", "left"},
                     {"held 占用", "held"},
                     {"used 已用", "used"}});
  return kGood;
}

}  // namespace tools
