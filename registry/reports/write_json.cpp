#include <nlohmann/json.hpp>

#include "registry/base/ensure.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/write_report.h"

namespace registry {
namespace {

using Json = nlohmann::json;

Json value_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* amount = std::get_if<Amount>(&cell))
    return {{"amount", amount->amount},
            {"unit", name(amount->unit)},
            {"text", format_amount(amount->amount, amount->unit)}};
  return nullptr;
}

Json columns_of(const ReportTable& table, Language language) {
  Json out = Json::array();
  for (const ReportColumn& column : table.columns)
    out.push_back({{"name", column.name}, {"head", column.head.in(language)}});
  return out;
}

Json row_of(const ReportTable& table, const std::vector<Cell>& row) {
  ensure(row.size() == table.columns.size(), "a cell for each column");
  Json out = Json::object();
  for (std::size_t i = 0; i < row.size(); ++i) out[table.columns[i].name] = value_of(row[i]);
  return out;
}

/// Without its last brace: more members follow.
std::string open_object(const Json& object) {
  std::string out = object.dump();
  out.pop_back();
  return out;
}

/// Rows are written as they come, not gathered.
void write_table(SpoolFile& out, const ReportTable& table, Language language) {
  out.append(open_object(
      Json{{"name", table.name}, {"title", table.title.in(language)}, {"columns", columns_of(table, language)}}));
  out.append(",\"rows\":[");
  bool first = true;
  table.rows([&](const std::vector<Cell>& row) {
    out.append((first ? "\n" : ",\n") + row_of(table, row).dump());
    first = false;
    if (out.size() > kReportBytesMax) throw ReportTooLarge{};
  });
  out.append("]}");
}

}  // namespace

SpoolFile write_json(const ReportFile& report, Language language) {
  Json head{{"report", report.kind}, {"title", report.title.in(language)}};
  for (const ReportFile::Fact& fact : report.facts) head[fact.name] = fact.value;
  SpoolFile out;
  out.append(open_object(head) + ",\"tables\":[");
  for (const ReportTable& table : report.tables) {
    if (&table != report.tables.data()) out.append(",\n");
    write_table(out, table, language);
  }
  out.append("]}\n");
  out.finish();
  return out;
}

}  // namespace registry
