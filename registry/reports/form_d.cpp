#include <map>
#include <set>
#include <tuple>

#include "registry/domain/account.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/report_facts.h"
#include "registry/reports/signatures.h"
#include "registry/tracing/query_in.h"
#include "registry/views/select.h"

// What a region contributes to Form D of the Convention of 1988 (art. 12(12)): what was seized, stopped, lost or stolen
// of precursors, and the licit trade by country. The layout is from memory; annual requirements are nothing that a log
// of movements knows.
namespace registry {
namespace {

constexpr std::size_t kRowsMax = 1'000'000;

/// Form D is about precursors; medicines have forms of their own.
bool is_precursor(const ReportFacts& facts, const std::string& code) {
  const Substance* known = facts.rules().substance(code);
  return known && !known->is_medicine();
}

std::string table_of(const ReportFacts& facts, const std::string& code) {
  const Substance* known = facts.rules().substance(code);
  return known && !known->un1988_table.empty() ? known->un1988_table : "-";
}

void put_substance(const ReportFacts& facts, const std::string& code, std::vector<Cell>& row) {
  row.insert(row.end(), {Cell(table_of(facts, code)), Cell(code), Cell(facts.substance_name(code, Language::zh)),
                         Cell(facts.substance_name(code, Language::en)), Cell(unit_of_report(facts.unit(code)))});
}

std::vector<ReportColumn> with_substance(std::vector<ReportColumn> before, std::vector<ReportColumn> after) {
  for (ReportColumn& column : std::vector<ReportColumn>{
           head("table", "1988公约表", "Table of 1988"), head("substance", "品种代码", "Substance"),
           head("name_zh", "品种名称", "Name in Chinese"), head("name_en", "英文名称", "Name in English"),
           head("unit", "计量单位", "Unit")})
    before.push_back(std::move(column));
  for (ReportColumn& column : after) before.push_back(std::move(column));
  return before;
}

/// Where it was taken: the region of whom it was taken from, else of who took it.
std::string place_of(ReportFacts& facts, const Seizure& row) {
  const Party* party = facts.party(row.party.empty() ? row.agency : row.party);
  return party ? party->region : std::string();
}

struct Seized {
  std::int64_t amount = 0;
  std::set<std::string> cases;
};

/// By substance and place; of one case, or one seizure without a case.
void put_seizures(ReportFacts& facts, const PutRow& put) {
  const ReportPeriod& period = facts.query().period;
  Select select(select_all<Seizure>());
  select.where("seized_on >= ? AND seized_on <= ?", {period.first.str(), period.last.str()});
  std::map<std::pair<std::string, std::string>, Seized> sums;
  for (const Seizure& row : typed_all<Seizure>(select.run(facts.reader(), "seq, id, lot", kRowsMax))) {
    const std::string place = place_of(facts, row);
    if (!is_precursor(facts, row.substance) || !RulePack::lies_in(place, facts.query().region)) continue;
    Seized& sum = sums[{row.substance, place}];
    sum.amount += row.amount;
    sum.cases.insert(row.case_no.empty() ? row.id : row.case_no);
  }
  for (const auto& [key, sum] : sums) {
    std::vector<Cell> row;
    put_substance(facts, key.first, row);
    const Region* region = facts.rules().region(key.second);
    row.insert(row.end(), {facts.amount(sum.amount, key.first), static_cast<std::int64_t>(sum.cases.size()), key.second,
                           region ? Cell(region->name) : Cell()});
    put(row);
  }
}

/// Findings of the period in which goods went missing, were stopped, or were found where they should not be.
void put_diversions(ReportFacts& facts, const PutRow& put) {
  constexpr std::string_view kFindings =
      "SELECT f.id, f.kind, f.party, f.substance, f.severity, f.hi, f.settled, o.time FROM finding f JOIN event o ON "
      "o.seq = f.opened WHERE f.substance <> '' AND (f.missing > 0 OR f.kind LIKE 'stop-%' OR f.kind LIKE 'loss-%') "
      "AND "
      "o.time >= $1 AND o.time < $2 ORDER BY o.time, f.id";
  const ReportPeriod& period = facts.query().period;
  for (const Row& row : facts.reader().query(kFindings, {period.from().ms, period.to().ms})) {
    const std::string& substance = text_of(row[3]);
    if (!facts.has_party(text_of(row[2])) || !is_precursor(facts, substance)) continue;
    const RuleText* text = facts.rules().rule_text(text_of(row[1]));
    std::vector<Cell> line{local_date({integer_of(row[7])}).str(), text_of(row[0]), text_of(row[1]),
                           text ? Cell(text->title_zh) : Cell(), text_of(row[2])};
    put_substance(facts, substance, line);
    line.insert(line.end(), {facts.amount(integer_of(row[5]), substance), facts.amount(integer_of(row[6]), substance),
                             Cell(text_of(row[4]))});
    put(line);
  }
}

/// Into the country or out of it, the other country, substance.
using Trade = std::tuple<bool, std::string, std::string>;

void put_trade(ReportFacts& facts, const PutRow& put) {
  EntryLines entries(facts.reader());
  std::map<Trade, std::int64_t> sums;
  each_portion(facts.reader(), facts.site_accounts(), facts.query().period, [&](const std::vector<EventMove>& moves) {
    for (const EventMove& move : moves) {
      const bool is_trade = move.other == outside::kImported || move.other == outside::kExported;
      if (!is_trade || !is_precursor(facts, move.substance)) continue;
      const bool is_import = move.other == outside::kImported;
      // What a correction takes back stands with a minus.
      sums[{is_import, entries.at(move.index).text("country"), move.substance}] +=
          is_import == move.is_in ? move.amount : -move.amount;
    }
  });
  for (const auto& [trade, amount] : sums) {
    const auto& [is_import, country, substance] = trade;
    std::vector<Cell> row{std::string(is_import ? "进口 import" : "出口 export"), country};
    put_substance(facts, substance, row);
    row.push_back(facts.amount(amount, substance));
    put(row);
  }
}

void put_uses(ReportFacts& facts, const PutRow& put) {
  std::map<std::string, std::int64_t> sums;
  for (const EventFlow& flow : flows_of(facts.reader(), facts.site_accounts(), facts.query().period))
    if (flow.other == outside::kUsed && is_precursor(facts, flow.substance))
      sums[flow.substance] += flow.is_in ? -flow.amount : flow.amount;
  for (const auto& [substance, amount] : sums) {
    std::vector<Cell> row;
    put_substance(facts, substance, row);
    row.push_back(facts.amount(amount, substance));
    put(row);
  }
}

}  // namespace

void add_form_d(const SharedFacts& facts, ReportFile& report) {
  const auto add = [&](const char* name, const char* zh, const char* en, std::vector<ReportColumn> columns,
                       void (*rows)(ReportFacts&, const PutRow&)) {
    report.tables.push_back(
        {name, {zh, en}, std::move(columns), [facts, rows](const PutRow& put) { rows(*facts, put); }});
  };
  add("seizures", "第一部分 缴获", "Part 1 Seizures",
      with_substance({}, {head("amount", "数量", "Amount"), head("cases", "案件数", "Cases"),
                          head("region", "区划代码", "Region"), head("region_name", "地点", "Place")}),
      put_seizures);
  add("diversions", "第一部分 截停、失窃与流失", "Part 1 Stopped, stolen, diverted",
      with_substance(
          {head("date", "日期", "Date"), head("finding", "异常编号", "Finding"), head("kind", "种类", "Kind"),
           head("kind_zh", "种类名称", "Name of the kind"), head("party", "单位编号", "Party")},
          {head("amount", "数量上限", "Amount at most"), head("settled", "已查清", "Accounted for"),
           head("severity", "严重程度", "Severity")}),
      put_diversions);
  add("trade", "第二部分 合法贸易", "Part 2 Licit trade",
      with_substance({head("direction", "方向", "Direction"), head("country", "国家（地区）", "Country")},
                     {head("amount", "数量", "Amount")}),
      put_trade);
  add("uses", "第二部分 合法使用", "Part 2 Licit uses", with_substance({}, {head("amount", "数量", "Amount")}),
      put_uses);
}

}  // namespace registry
