#include <array>
#include <map>
#include <set>

#include "registry/reports/event_moves.h"
#include "registry/reports/stock_lines.h"
#include "registry/reports/write_offs.h"
#include "registry/tracing/query_in.h"
#include "registry/views/coverage.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kInformationOfficer = "information-officer", kTraining = "training";
constexpr std::size_t kRowsMax = 1'000'000;

std::string county_name(const ReportFacts& facts, const std::string& code) {
  const Region* region = facts.rules().region(code);
  return region ? region->name : std::string();
}

/// "98.5 %" rounded down; nothing of nothing.
Cell percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  const std::int64_t tenths = part * 1'000 / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

/// Calls f(county) for every county that has a party or site, in order.
std::set<std::string> counties_of(const ReportFacts& facts) {
  std::set<std::string> out;
  for (const Party& party : facts.parties()) out.insert(party.region);
  for (const Site& site : facts.sites()) out.insert(site.region);
  return out;
}

/// What a county's units have besides being registered (SEED 18).
struct Staffing {
  std::int64_t with_officer = 0, trained = 0, closed = 0;
};

/// Parties with an information officer in office.
std::set<std::string> with_officer(Reader& reader) {
  std::set<std::string> out;
  Select select(select_all<Officer>());
  select.where("duty = ? AND withdrawn = -1", {std::string(kInformationOfficer)});
  for (const Officer& officer : typed_all<Officer>(select.run(reader, "id", kRowsMax))) out.insert(officer.party);
  return out;
}

/// Parties that filed in the period that their staff was trained (87-14).
std::set<std::string> trained(ReportFacts& facts) {
  const ReportPeriod& period = facts.query().period;
  std::set<std::string> out;
  Select select(select_all<Report>());
  select.where("kind = ? AND filed_on >= ? AND filed_on <= ?",
               {std::string(kTraining), period.first.str(), period.last.str()});
  for (const Report& row : typed_all<Report>(select.run(facts.reader(), "party, subject", kRowsMax)))
    out.insert(row.party);
  return out;
}

std::map<std::string, Staffing> staffing_of(ReportFacts& facts) {
  const std::set<std::string> officers = with_officer(facts.reader()), schooled = trained(facts);
  std::map<std::string, Staffing> out;
  for (const Party& party : facts.parties()) {
    Staffing& county = out[party.region];
    if (party.status == PartyStatus::closed) {
      ++county.closed;
      continue;
    }
    county.with_officer += officers.contains(party.id);
    county.trained += schooled.contains(party.id);
  }
  return out;
}

std::vector<Cell> coverage_line(const ReportFacts& facts, const CoverageOf& of, const Staffing& staff) {
  return {of.region,
          county_name(facts, of.region),
          of.known(),
          of.registered,
          percent(of.registered, of.known()),
          of.verified,
          percent(of.verified, of.registered),
          staff.with_officer,
          percent(staff.with_officer, of.registered),
          staff.trained,
          percent(staff.trained, of.registered),
          of.unknown_units,
          of.unknown_carriers,
          of.unknown_plates,
          of.unknown_foreign,
          staff.closed};
}

/// A line a county, and one for all of them.
void put_coverage(ReportFacts& facts, const PutRow& put) {
  std::vector<CoverageOf> counties = coverage(facts.reader(), facts.query().region);
  auto staffing = staffing_of(facts);
  Staffing all;
  for (const auto& [code, county] : staffing) {
    all.with_officer += county.with_officer;
    all.trained += county.trained;
    all.closed += county.closed;
  }
  for (const CoverageOf& county : counties) put(coverage_line(facts, county, staffing[county.region]));
  if (counties.size() > 1) put(coverage_line(facts, sum_of(counties, facts.query().region), all));
}

void add_coverage(const SharedFacts& facts, ReportFile& report) {
  ReportTable table{"coverage", {"入网登记与监督核实", "Registration and verification"}, {}, {}};
  table.columns = {head("region", "区划代码", "Region"),
                   head("region_name", "县（市、区）", "County"),
                   head("known", "应入网单位", "Known units"),
                   head("registered", "入网单位", "Registered"),
                   head("registered_rate", "入网登记率", "Registered of known"),
                   head("verified", "已核实", "Verified"),
                   head("verified_rate", "监督核实率", "Verified of registered"),
                   head("with_officer", "已设信息员", "With information officer"),
                   head("officer_rate", "信息员配备率", "With officer of registered"),
                   head("trained", "本期培训单位", "Trained staff in the period"),
                   head("trained_rate", "培训率", "Trained of registered"),
                   head("unknown_units", "未入网单位", "Units not registered"),
                   head("unknown_carriers", "未入网承运人", "Carriers not registered"),
                   head("unknown_plates", "未登记车辆", "Vehicles not registered"),
                   head("unknown_foreign", "未核实境外单位", "Parties abroad not looked into"),
                   head("closed", "已注销", "Closed")};
  table.rows = [facts](const PutRow& put) { put_coverage(*facts, put); };
  report.tables.push_back(std::move(table));
}

/// Everybody who keeps a rate below 100 %: units that nobody has verified, then what was named and is not registered.
void put_exceptions(ReportFacts& facts, const PutRow& put) {
  for (const Party& party : facts.parties())
    if (party.status == PartyStatus::registered && party.kinds != "person")
      put({party.region, county_name(facts, party.region), std::string("未核实 not verified"), std::string("unit"),
           party.id, party.name, Cell(), party.registered});
  const NamedFilter filter{facts.query().region, {}, true};
  for (const Named& row : list_named(facts.reader(), filter, {kRowsMax, {}, {}}).rows)
    put({row.region, county_name(facts, row.region), std::string("未入网 not registered"), row.what, row.id, row.name,
         row.named_by, row.first});
}

void add_exceptions(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back(
      {"exceptions",
       {"例外清单", "Exceptions"},
       {head("region", "区划代码", "Region"), head("region_name", "县（市、区）", "County"),
        head("exception", "情形", "Exception"), head("what", "类别", "What"), head("id", "编号", "Id"),
        head("name", "名称", "Name"), head("named_by", "提及单位", "Named by"), head("index", "日志序号", "Log index")},
       [facts](const PutRow& put) { put_exceptions(*facts, put); }});
}

void add_movements(const SharedFacts& facts, ReportFile& report) {
  const auto lines = std::make_shared<StockLines>(stock_lines(*facts, [](const Site& site) { return site.region; }));
  ReportTable table{"movements", {"各县（市、区）收支存", "Movements by county"}, {}, {}};
  table.columns = {head("region", "区划代码", "Region"), head("region_name", "县（市、区）", "County"),
                   head("substance", "品种代码", "Substance"), head("name_zh", "品种名称", "Name in Chinese")};
  for (ReportColumn& column : stock_columns(*lines)) table.columns.push_back(std::move(column));
  table.rows = [facts, lines](const PutRow& put) {
    for (const auto& [key, line] : lines->lines) {
      std::vector<Cell> row{key.first, county_name(*facts, key.first), key.second,
                            facts->substance_name(key.second, Language::zh)};
      put_amounts(row, *lines, line, facts->unit(key.second));
      put(row);
    }
  };
  report.tables.push_back(std::move(table));
}

/// Zero diversion: every difference explained, or shown.
std::string verdict(const StockLine& line) {
  if (line.residual() != 0) return "账不平 does not balance";
  return line.unaccounted() == 0 ? "零流失 zero diversion" : "有不明差异 unaccounted for";
}

void add_zero_diversion(const SharedFacts& facts, ReportFile& report) {
  const auto lines = std::make_shared<StockLines>(stock_lines(*facts, [](const Site&) { return std::string(); }));
  ReportTable table{"zero_diversion", {"零流失平衡", "Zero-diversion balance"}, {}, {}};
  table.columns = {head("substance", "品种代码", "Substance"), head("name_zh", "品种名称", "Name in Chinese")};
  for (ReportColumn& column : stock_columns(*lines)) table.columns.push_back(std::move(column));
  table.columns.push_back(head("verdict", "结论", "Verdict"));
  table.rows = [facts, lines](const PutRow& put) {
    for (const auto& [key, line] : lines->lines) {
      std::vector<Cell> row{key.second, facts->substance_name(key.second, Language::zh)};
      put_amounts(row, *lines, line, facts->unit(key.second));
      row.emplace_back(verdict(line));
      put(row);
    }
  };
  report.tables.push_back(std::move(table));
}

struct FindingCount {
  std::int64_t opened = 0, closed = 0, open = 0;
  /// Of those that are open, by severity.
  std::array<std::int64_t, std::size(EnumNames<Severity>::names)> by_severity{};
};

/// By the event times of the entries that opened and closed them.
std::map<std::string, FindingCount> findings_of(ReportFacts& facts) {
  constexpr std::string_view kFindings =
      "SELECT f.party, f.severity, o.time, coalesce(c.time, 0), f.closed FROM finding f "
      "JOIN event o ON o.seq = f.opened LEFT JOIN event c ON c.seq = f.closed WHERE o.time < $1";
  const ReportPeriod& period = facts.query().period;
  std::map<std::string, FindingCount> out;
  for (const Row& row : facts.reader().query(kFindings, {period.to().ms})) {
    const std::string& party = text_of(row[0]);
    if (!facts.has_party(party)) continue;
    FindingCount& county = out[facts.party(party)->region];
    const UtcTime closed{integer_of(row[3])};
    const bool is_open = integer_of(row[4]) == kNone || period.to() <= closed;
    county.opened += period.holds({integer_of(row[2])});
    county.closed += !is_open && period.holds(closed);
    county.open += is_open;
    Severity severity{};
    if (is_open && parse_name(text_of(row[1]), severity)) ++county.by_severity[static_cast<std::size_t>(severity)];
  }
  return out;
}

void add_finding_counts(const SharedFacts& facts, ReportFile& report) {
  ReportTable table{"findings", {"异常处置", "Findings by county"}, {}, {}};
  table.columns = {head("region", "区划代码", "Region"),
                   head("region_name", "县（市、区）", "County"),
                   head("opened", "本期新增", "Opened"),
                   head("closed", "本期办结", "Closed"),
                   head("open", "期末未结", "Open at the end"),
                   head("low", "其中：低", "Of these low"),
                   head("medium", "中", "Medium"),
                   head("high", "高", "High"),
                   head("critical", "严重", "Critical")};
  table.rows = [facts](const PutRow& put) {
    const auto counted = findings_of(*facts);
    for (const std::string& code : counties_of(*facts)) {
      const auto found = counted.find(code);
      const FindingCount county = found == counted.end() ? FindingCount{} : found->second;
      std::vector<Cell> row{code, county_name(*facts, code), county.opened, county.closed, county.open};
      for (const std::int64_t n : county.by_severity) row.emplace_back(n);
      put(row);
    }
  };
  report.tables.push_back(std::move(table));
}

struct PermitCount {
  std::int64_t valid = 0, written_off = 0, due = 0;
};

std::map<std::string, PermitCount> permits_of(ReportFacts& facts) {
  std::map<std::string, PermitCount> out;
  each_permit(facts, [&](const PermitLineView& permit) {
    PermitCount& county = out[facts.party(permit.view.permit.holder)->region];
    ++county.valid;
    county.written_off += permit.is_written_off();
    const bool is_due = permit.write_off && permit.write_off->due < facts.query().period.to();
    county.due += is_due && !permit.is_written_off();
  });
  return out;
}

void add_permit_counts(const SharedFacts& facts, ReportFile& report) {
  ReportTable table{"write_offs", {"许可证（备案证明）核销", "Write-offs by county"}, {}, {}};
  table.columns = {head("region", "区划代码", "Region"),
                   head("region_name", "县（市、区）", "County"),
                   head("valid", "本期有效证件", "Valid in the period"),
                   head("written_off", "已核销", "Written off"),
                   head("overdue", "逾期未核销", "Due and not written off"),
                   head("rate", "核销率", "Written off of those due")};
  table.rows = [facts](const PutRow& put) {
    const auto counted = permits_of(*facts);
    for (const std::string& code : counties_of(*facts)) {
      const auto found = counted.find(code);
      const PermitCount county = found == counted.end() ? PermitCount{} : found->second;
      put({code, county_name(*facts, code), county.valid, county.written_off, county.due,
           percent(county.written_off, county.written_off + county.due)});
    }
  };
  report.tables.push_back(std::move(table));
}

}  // namespace

void add_city_tables(const SharedFacts& facts, ReportFile& report) {
  add_coverage(facts, report);
  add_exceptions(facts, report);
  add_movements(facts, report);
  add_finding_counts(facts, report);
  add_permit_counts(facts, report);
  add_zero_diversion(facts, report);
}

}  // namespace registry
