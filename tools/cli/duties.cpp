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

const Columns kDuties{
    {"due 期限", "due"},   {"stage 阶段", "stage"},   {"severity 级别", "severity"}, {"days late 逾期", "days_late"},
    {"who 单位", "party"}, {"what 待办", "title_zh"}, {"about 事项", "subject"}};
const Columns kCoverage{{"region 区划", "region"},
                        {"name 名称", "name"},
                        {"known 已知", "known"},
                        {"registered 入网", "registered"},
                        {"verified 核实", "verified"},
                        {"‰ registered 入网率", "registered_permille"},
                        {"‰ verified 核实率", "verified_permille"}};
const Columns kNamed{{"what 类别", "what"},
                     {"name 名称", "name"},
                     {"region 区划", "region"},
                     {"named by 提及单位", "named_by"},
                     {"id 编号", "id"}};

}  // namespace

int run_duties(const DutiesOptions& options) {
  ServerLink link = reader_link(options.at);
  const Json rows = get_rows(link, with_query("/v1/obligations", {{"party", options.party},
                                                                  {"kind", options.kind},
                                                                  {"region", options.region},
                                                                  {"seen_by", options.seen_by},
                                                                  {"state", options.overdue ? "overdue" : ""}}));
  if (options.json) return std::cout << rows.dump(2) << '\n', kGood;
  print_rows(rows, kDuties);
  return kGood;
}

int run_coverage(const CoverageOptions& options) {
  ServerLink link = reader_link(options.at);
  if (options.exceptions) {
    const Json rows = get_rows(link, with_query("/v1/named", {{"region", options.region}}));
    if (options.json) return std::cout << rows.dump(2) << '\n', kGood;
    print_rows(rows, kNamed);
    return kGood;
  }
  const Json answer = get_json(link, with_query("/v1/coverage", {{"region", options.region}}));
  if (options.json) return std::cout << answer.dump(2) << '\n', kGood;
  print_rows(answer.at("regions"), kCoverage);
  return kGood;
}

}  // namespace tools
