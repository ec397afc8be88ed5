#include <map>
#include <tuple>

#include "registry/domain/account.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/stock_lines.h"
#include "registry/tracing/rows_by_key.h"

namespace registry {
namespace {

std::string class_of(const ReportFacts& facts, const std::string& code) {
  const Substance* known = facts.rules().substance(code);
  return known ? known->cls : std::string();
}

constexpr std::string_view kTransit = "transit:";

/// In or out, party at the other end, substance.
using Partner = std::tuple<bool, std::string, std::string>;

void add_partners(ReportFacts& facts, const std::vector<EventMove>& moves, std::map<Partner, std::int64_t>& out) {
  std::set<std::string> ids;
  for (const EventMove& move : moves)
    if (move.other.starts_with(kTransit)) ids.insert(move.other.substr(kTransit.size()));
  const auto heads = rows_by_key<Consignment>(facts.reader(), std::move(ids));
  for (const EventMove& move : moves) {
    const auto found = move.other.starts_with(kTransit) ? heads.find(move.other.substr(kTransit.size())) : heads.end();
    if (found == heads.end()) continue;
    const Consignment& goods = found->second;
    out[{!move.is_in, move.is_in ? goods.sender : goods.receiver, move.substance}] += move.amount;
  }
}

std::map<Partner, std::int64_t> partners_of(ReportFacts& facts) {
  std::map<Partner, std::int64_t> out;
  each_portion(facts.reader(), facts.site_accounts(), facts.query().period,
               [&](const std::vector<EventMove>& moves) { add_partners(facts, moves, out); });
  return out;
}

}  // namespace

void add_stock_summary(const SharedFacts& facts, ReportFile& report) {
  const auto lines = std::make_shared<StockLines>(stock_lines(*facts, [](const Site&) { return std::string(); }));
  ReportTable table{"substances", {"品种收支存", "Stock by substance"}, {}, {}};
  table.columns = {head("substance", "品种代码", "Substance"), head("name_zh", "品种名称", "Name in Chinese"),
                   head("name_en", "英文名称", "Name in English"), head("class", "类别", "Class")};
  for (ReportColumn& column : stock_columns(*lines)) table.columns.push_back(std::move(column));
  table.rows = [facts, lines](const PutRow& put) {
    for (const auto& [key, line] : lines->lines) {
      const std::string& code = key.second;
      std::vector<Cell> row{code, facts->substance_name(code, Language::zh), facts->substance_name(code, Language::en),
                            class_of(*facts, code)};
      put_amounts(row, *lines, line, facts->unit(code));
      put(row);
    }
  };
  report.tables.push_back(std::move(table));
}

void add_trade_partners(const SharedFacts& facts, ReportFile& report) {
  ReportTable table{"partners", {"往来单位", "Suppliers and buyers"}, {}, {}};
  table.columns = {head("direction", "方向", "Direction"),
                   head("party", "单位编号", "Party"),
                   head("party_name", "单位名称", "Name"),
                   head("substance", "品种代码", "Substance"),
                   head("name_zh", "品种名称", "Name in Chinese"),
                   head("unit", "计量单位", "Unit"),
                   head("amount", "数量", "Amount")};
  table.rows = [facts](const PutRow& put) {
    for (const auto& [partner, amount] : partners_of(*facts)) {
      const auto& [is_out, party, substance] = partner;
      put({std::string(is_out ? "发往 to" : "来自 from"), party, facts->party_name(party), substance,
           facts->substance_name(substance, Language::zh), unit_of_report(facts->unit(substance)),
           facts->amount(amount, substance)});
    }
  };
  report.tables.push_back(std::move(table));
}

}  // namespace registry
