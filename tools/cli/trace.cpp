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

constexpr int kForbidden = 403;

/// Nothing for a caller who may see the lot but not where it went.
Json fetch_graph(ServerLink& link, const TraceOptions& options) {
  const Answer answer =
      link.get(with_query("/v1/trace/lots/" + url_encode(options.lot),
                          {{"direction", options.backwards ? "backwards" : "forwards"}, {"site", options.site}}));
  return answer.status == kForbidden ? Json() : json_of(answer);
}

void print_lot(const Json& lot) {
  print_members(lot, {{"lot 批次", "id"},
                      {"substance 品种", "substance"},
                      {"maker 来源单位", "maker"},
                      {"made from 原批次", "parents"},
                      {"purity ppm 纯度", "purity_ppm"},
                      {"expiry 有效期", "expiry"},
                      {"entry 登记序号", "seq"}});
  std::cout << "\nwhere it is 现存\n";
  print_rows(lot.at("balances"), {{"account 账户", "account"}, {"amount 数量", "amount"}});
}

/// An edge names its ends by their place in the list of nodes.
std::string end_of_edge(const Json& graph, const Json& edge, const char* side) {
  const Json& node = graph.at("nodes").at(edge.at(side).get<std::size_t>());
  return cell(node, "account") + " " + cell(node, "lot");
}

void print_graph(const Json& graph) {
  Json rows = graph.at("edges");
  for (Json& edge : rows) {
    edge["source"] = end_of_edge(graph, edge, "source");
    edge["target"] = end_of_edge(graph, edge, "target");
  }
  std::cout << "\nhow it went 流向\n";
  print_rows(rows, {{"entry 序号", "index"},
                    {"time 时间", "rtime"},
                    {"step 步骤", "type"},
                    {"party 单位", "party"},
                    {"from 自", "source"},
                    {"to 至", "target"},
                    {"amount 数量", "amount"},
                    {"permit 许可证", "permit"},
                    {"vehicle 车辆", "vehicle"}});
  if (graph.value("truncated", false)) std::cout << "more than can be shown; give --site\n";
}

}  // namespace

int run_trace(const TraceOptions& options) {
  ServerLink link = reader_link(options.at);
  Json lot = get_json(link, "/v1/lots/" + url_encode(options.lot));
  Json graph = fetch_graph(link, options);
  if (options.json) {
    lot["trace"] = std::move(graph);
    return std::cout << lot.dump(2) << '\n', kGood;
  }
  print_lot(lot);
  if (!graph.is_null()) print_graph(graph);
  return kGood;
}

}  // namespace tools
