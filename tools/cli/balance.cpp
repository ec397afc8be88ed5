#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/options.h"
#include "tools/cli/reader_link.h"
#include "tools/cli/rows.h"

namespace tools {
namespace {

using Json = nlohmann::json;

Json book(ServerLink& link, const BalanceOptions& options) {
  return get_rows(link, with_query("/v1/balances", {{"where", options.where},
                                                    {"party", options.party},
                                                    {"place", options.place},
                                                    {"substance", options.substance},
                                                    {"lot", options.lot}}));
}

Json mass_balance(ServerLink& link, const BalanceOptions& options) {
  return get_rows(link, with_query("/v1/mass-balance", {{"party", options.party},
                                                        {"region", options.region},
                                                        {"substance", options.substance},
                                                        {"from", options.from},
                                                        {"to", options.to}}));
}

const Columns kBookColumns{
    {"account 账户", "account"}, {"substance 品种", "substance"}, {"lot 批次", "lot"}, {"amount 数量", "amount"}};
const Columns kMassColumns{{"who 单位", "who"},
                           {"substance 品种", "substance"},
                           {"opening 期初", "opening"},
                           {"in 收入", "in"},
                           {"out 支出", "out"},
                           {"closing 期末", "closing"},
                           {"on road 在途", "on_road"},
                           {"missing on road 途中短少", "missing_on_road"},
                           {"unaccounted 不明差异", "unaccounted"}};

}  // namespace

int run_balance(const BalanceOptions& options) {
  ServerLink link = reader_link(options.at);
  const Json rows = options.mass ? mass_balance(link, options) : book(link, options);
  if (options.json) return std::cout << rows.dump(2) << '\n', kGood;
  print_rows(rows, options.mass ? kMassColumns : kBookColumns);
  return kGood;
}

}  // namespace tools
