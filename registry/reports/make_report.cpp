#include "registry/reports/make_report.h"

#include "registry/reports/event_moves.h"
#include "registry/reports/report_facts.h"
#include "registry/views/select.h"

namespace registry {
namespace {

using AddTables = void (*)(const SharedFacts&, ReportFile&);

struct Kind {
  ReportKind kind;
  const char *zh, *en;
  /// About one party; otherwise about a region.
  bool of_party;
  std::initializer_list<AddTables> tables;
};

const Kind& kind_of(ReportKind kind) {
  static const Kind kinds[] = {
      {ReportKind::annual,
       "年度报告",
       "Annual report",
       true,
       {add_stock_summary, add_trade_partners, add_write_offs, add_findings, add_inspections, add_trainings,
        add_corrections}},
      {ReportKind::monthly,
       "月报",
       "Monthly report",
       true,
       {add_stock_summary, add_trade_partners, add_findings, add_corrections}},
      {ReportKind::sales_filings, "销售备案", "Filing of sales", true, {add_sales_filings}},
      {ReportKind::sales_ledger, "销售台账", "Sales ledger", true, {add_sales}},
      {ReportKind::use_ledger, "使用台账", "Use ledger", true, {add_use_ledger, add_corrections}},
      {ReportKind::stock_ledger, "出入库台账", "Stock ledger", true, {add_stock_ledger, add_corrections}},
      {ReportKind::count_sheet, "盘点表", "Count sheet", true, {add_counts}},
      {ReportKind::write_offs, "核销清单", "Write-off of permits", true, {add_write_offs}},
      {ReportKind::corrections, "更正清单", "Corrections", true, {add_corrections}},
      {ReportKind::city, "禁毒管控情况月报", "Report of the region", false, {add_city_tables}},
      {ReportKind::form_d,
       "1988年公约表格D数据（格式待确认）",
       "Data for Form D (layout to be confirmed)",
       false,
       {add_form_d}},
  };
  for (const Kind& each : kinds)
    if (each.kind == kind) return each;
  ensure(false, "every kind of report is described");
  return kinds[0];
}

std::string ledger_name(Reader& reader) {
  const auto setting = find_row<Setting>(reader, "ledger");
  return setting ? setting->value : std::string();
}

/// What every report states, so that it can be made again and checked.
void add_facts(ReportFacts& facts, ReportFile& report) {
  const LogState state = facts.reader().state();
  const ReportQuery& query = facts.query();
  const auto add = [&](const char* name, const char* zh, const char* en, std::string value) {
    report.facts.push_back({name, {zh, en}, std::move(value)});
  };
  add("ledger", "账本", "Ledger", ledger_name(facts.reader()));
  if (facts.is_of_party()) {
    const Party* party = facts.party(query.party);
    add("party", "单位编号", "Party", query.party);
    add("party_name", "单位名称", "Name", party->name);
    add("uscc", "统一社会信用代码", "Credit code", party->uscc);
    add("region", "区划代码", "Region", party->region);
  } else {
    const Region* region = facts.rules().region(query.region);
    add("region", "区划代码", "Region", query.region);
    add("region_name", "区划名称", "Name of the region", region ? region->name : std::string());
  }
  add("period", "期间", "Period", query.period.str());
  add("known_at", "日志序号", "Log index", std::to_string(state.size - 1));
  add("tree_size", "日志条数", "Entries in the log", std::to_string(state.size));
  add("root", "日志根哈希", "Root hash", state.root.hex());
  add("known_time", "截至时间", "Received up to", state.rtime.str());
  report.time = state.rtime;
}

Check check_subject(ReportFacts& facts, const Kind& kind) {
  const ReportQuery& query = facts.query();
  if (kind.of_party && query.party.empty()) {
    // Some lists are as useful for a region.
    if (query.region.empty()) return refuse("bad-parameter").at("query/party", "empty");
    return Accepted{};
  }
  if (!kind.of_party && query.region.empty()) return refuse("bad-parameter").at("query/region", "empty");
  if (kind.of_party && !facts.party(query.party)) return refuse("not-found").with("what", "party " + query.party);
  return Accepted{};
}

}  // namespace

Words title_of(ReportKind kind) { return {kind_of(kind).zh, kind_of(kind).en}; }

Result<ReportFile> make_report(const Look& look, const RulePack& rules, const ReportQuery& query) {
  const Kind& kind = kind_of(query.kind);
  const auto facts = std::make_shared<ReportFacts>(look, rules, query);
  TRY(check_subject(*facts, kind));
  ReportFile report{std::string(name_of(query.kind)), title_of(query.kind), {}, {}, {}, {}};
  add_facts(*facts, report);
  for (const Party& party : facts->parties()) report.concerns.push_back(party.id);
  try {
    for (const AddTables add : kind.tables) add(facts, report);
  } catch (const ReportTooLarge& large) {
    return refuse("report-too-large").with("limit", std::to_string(large.rows_max));
  }
  return report;
}

}  // namespace registry
