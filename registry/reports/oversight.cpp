#include <nlohmann/json.hpp>

#include "registry/domain/fold.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/report_facts.h"
#include "registry/reports/signatures.h"
#include "registry/tracing/query_in.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kConsignment = "consignment:";
constexpr std::string_view kEvent = "SELECT time FROM event WHERE seq = $1";

std::optional<UtcTime> event_of(Reader& reader, std::int64_t index) {
  const auto rows = reader.query(kEvent, {index});
  return rows.empty() ? std::nullopt : std::optional(UtcTime{integer_of(rows.front().front())});
}

/// "from -> to: 12.5 kg of LOT-1", one after another.
std::string moves_text(const ReportFacts& facts, const std::vector<Move>& moves) {
  std::string out;
  for (const Move& move : moves)
    out += (out.empty() ? "" : "; ") + move.lot + " " + move.from + " -> " + move.to + " " +
           format_amount(move.amount, facts.unit(move.substance));
  return out;
}

std::string stored_moves_text(const ReportFacts& facts, std::int64_t index) {
  const auto entry = facts.reader().entry(index);
  const auto moves = entry ? parse_moves(entry->outcome) : Result<std::vector<Move>>(refuse("outcome-form"));
  return moves ? moves_text(facts, *moves) : std::string();
}

/// A correction belongs to the period of what it corrects.
void put_corrections(ReportFacts& facts, const PutRow& put) {
  EntryLines entries(facts.reader());
  const Corrections corrections(facts.reader());
  for (const auto& [by, original] : corrections.all()) {
    const auto event = event_of(facts.reader(), original);
    const auto first = facts.reader().entry(original);
    if (!event || !first || !facts.query().period.holds(*event) || !facts.has_party(first->party)) continue;
    const EntryLines::Line& correction = entries.at(by);
    put({original, first->type, first->party, local_date(*event).str(), first->rtime.str(),
         stored_moves_text(facts, original), by, correction.received.str(), correction.text("reason"),
         stored_moves_text(facts, by), correction.signer(0), correction.signer(1)});
  }
}

/// It would tell the reader of the report what was shipped to it before its own count.
bool is_hidden(const ReportFacts& facts, const Finding& row) {
  const std::string& viewer = facts.query().viewer;
  if (viewer.empty() || !row.subject.starts_with(kConsignment)) return false;
  const auto goods = find_row<Consignment>(facts.reader(), row.subject.substr(kConsignment.size()));
  return goods && goods->counted == kNone && goods->receiver == viewer && goods->sender != viewer;
}

/// Findings opened in the period, or still open at its end, by event time.
void put_findings(ReportFacts& facts, const PutRow& put) {
  Select select(select_all<Finding>());
  select.where_set("party = ?", facts.query().party);
  for (const Finding& row : typed_all<Finding>(select.run(facts.reader(), "opened, id", kReportMovesMax))) {
    const auto opened = event_of(facts.reader(), row.opened);
    const auto closed = row.closed == kNone ? std::nullopt : event_of(facts.reader(), row.closed);
    const ReportPeriod& period = facts.query().period;
    if (!opened || period.to() <= *opened || (closed && *closed < period.from()) || !facts.has_party(row.party))
      continue;
    const RuleText* text = facts.rules().rule_text(row.rule);
    const auto amount = [&](std::int64_t value) {
      return row.substance.empty() ? Cell() : facts.amount(value, row.substance);
    };
    const bool hidden = is_hidden(facts, row);
    put({row.id, row.kind, text ? Cell(text->title_zh) : Cell(), row.rule, row.party, row.subject, row.substance,
         row.lot, std::string(name_of(row.severity)), std::string(name_of(row.state)),
         row.substance.empty() ? Cell() : Cell(unit_of_report(facts.unit(row.substance))),
         hidden ? Cell() : amount(row.lo), hidden ? Cell() : amount(row.hi), local_date(*opened).str(), row.opened,
         closed ? Cell(local_date(*closed).str()) : Cell(), row.closed == kNone ? Cell() : Cell(row.closed)});
  }
}

void put_inspections(ReportFacts& facts, const PutRow& put) {
  const ReportPeriod& period = facts.query().period;
  Select select(select_all<Inspection>());
  select.where_set("party = ?", facts.query().party);
  select.where("inspected_on >= ? AND inspected_on <= ?", {period.first.str(), period.last.str()});
  for (const Inspection& row :
       typed_all<Inspection>(select.run(facts.reader(), "inspected_on, seq", kReportMovesMax))) {
    if (!facts.has_party(row.party)) continue;
    put({row.inspected_on.str(), row.id, row.agency, facts.party_name(row.agency), row.party, row.site,
         std::string(name_of(row.result)), row.deviations, row.lots, row.seq});
  }
}

/// What a unit filed of the training of its staff (87-14).
void put_trainings(ReportFacts& facts, const PutRow& put) {
  const ReportPeriod& period = facts.query().period;
  Select select(select_all<Report>());
  select.where_set("party = ?", facts.query().party);
  select.where("kind = 'training' AND filed_on >= ? AND filed_on <= ?", {period.first.str(), period.last.str()});
  for (const Report& row : typed_all<Report>(select.run(facts.reader(), "filed_on, filed", kReportMovesMax)))
    if (facts.has_party(row.party)) put({row.filed_on.str(), row.party, row.subject, row.hash, row.times, row.filed});
}

}  // namespace

void add_trainings(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back({"trainings",
                           {"培训", "Staff trained"},
                           {head("date", "登记日期", "Filed on"), head("party", "单位编号", "Party"),
                            head("training", "培训编号", "Training"), head("hash", "记录哈希", "Hash of the record"),
                            head("times", "登记次数", "Times filed"), head("index", "日志序号", "Log index")},
                           [facts](const PutRow& put) { put_trainings(*facts, put); }});
}

void add_corrections(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back(
      {"corrections",
       {"更正", "Corrections"},
       {head("original", "原序号", "Original"), head("type", "步骤", "Step"), head("party", "单位编号", "Party"),
        head("date", "业务日期", "Date"), head("recorded", "原登记时间", "Recorded"),
        head("original_moves", "原记录", "As first written"), head("correction", "更正序号", "Correction"),
        head("corrected", "更正时间", "Corrected"), head("reason", "更正原因", "Reason"),
        head("correcting_moves", "更正内容", "What it moves"), head("first_person", "更正人", "First person"),
        head("second_person", "复核人", "Second person")},
       [facts](const PutRow& put) { put_corrections(*facts, put); }});
}

void add_findings(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back(
      {"findings",
       {"异常", "Findings"},
       {head("finding", "编号", "Finding"), head("kind", "种类", "Kind"), head("title_zh", "名称", "Title in Chinese"),
        head("rule", "依据", "Rule"), head("party", "单位编号", "Party"), head("subject", "对象", "Subject"),
        head("substance", "品种代码", "Substance"), head("lot", "批号", "Lot"),
        head("severity", "严重程度", "Severity"), head("state", "状态", "State"), head("unit", "计量单位", "Unit"),
        head("lo", "数量下限", "At least"), head("hi", "数量上限", "At most"), head("opened", "发现日期", "Opened"),
        head("opened_index", "发现序号", "Opened at"), head("closed", "办结日期", "Closed"),
        head("closed_index", "办结序号", "Closed at")},
       [facts](const PutRow& put) { put_findings(*facts, put); }});
}

void add_inspections(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back({"inspections",
                           {"检查", "Inspections"},
                           {head("date", "检查日期", "Date"), head("inspection", "编号", "Inspection"),
                            head("agency", "检查机关", "Agency"), head("agency_name", "机关名称", "Name of the agency"),
                            head("party", "单位编号", "Party"), head("site", "场所", "Site"),
                            head("result", "结果", "Result"), head("deviations", "问题", "Deviations"),
                            head("lots", "清点批数", "Lots counted"), head("index", "凭证序号", "Log index")},
                           [facts](const PutRow& put) { put_inspections(*facts, put); }});
}

}  // namespace registry
