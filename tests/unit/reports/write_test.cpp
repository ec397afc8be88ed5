#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "registry/reports/write_report.h"

using namespace registry;

namespace {

ReportFile small(std::vector<std::vector<Cell>> rows) {
  ReportFile report{"annual", {"年度报告", "Annual report"}, {}, {}, UtcTime{1'767'225'600'000}, {}};
  report.facts.push_back({"ledger", {"账本", "Ledger"}, "registry.example/1"});
  ReportTable table{"lines",
                    {"明细", "Lines"},
                    {{"name", {"名称", "Name"}}, {"amount", {"数量", "Amount"}}, {"n", {"序号", "No"}}},
                    {}};
  table.rows = [rows = std::move(rows)](const PutRow& put) {
    for (const auto& row : rows) put(row);
  };
  report.tables.push_back(std::move(table));
  return report;
}

std::string all(const SpoolFile& file) { return file.read(0, file.size()); }
std::string csv(std::vector<std::vector<Cell>> rows) { return all(write_csv(small(std::move(rows)), Language::zh)); }
std::string line_of(Cell cell) {
  const std::string all = csv({{std::move(cell), Cell(), Cell()}});
  return all.substr(all.find("名称"));
}

}  // namespace

TEST_CASE("report: amounts are exact decimals of one unit a kind of goods", "[reports]") {
  CHECK(decimal_of({12'500'000, BaseUnit::mg}) == "12.5");
  CHECK(decimal_of({1, BaseUnit::mg}) == "0.000001");
  CHECK(decimal_of({0, BaseUnit::mg}) == "0");
  CHECK(decimal_of({-1'200'000, BaseUnit::mg}) == "-1.2");
  CHECK(decimal_of({9'000'000'000'000'000, BaseUnit::mg}) == "9000000000");
  CHECK(decimal_of({1'500, BaseUnit::ug}) == "0.0015");
  CHECK(decimal_of({12, BaseUnit::pcs}) == "12");
}

TEST_CASE("csv: begins with a byte order mark, ends lines with CR LF, and every line has as many fields",
          "[reports][csv]") {
  const std::string text = csv({{std::string("甲"), Amount{1'000'000, BaseUnit::mg}, std::int64_t{7}}});
  CHECK(text == "\xef\xbb\xbf年度报告,,\r\n账本,registry.example/1,\r\n,,\r\n明细,,\r\n名称,数量,序号\r\n甲,1,7\r\n");
}

TEST_CASE("csv: a text is never a formula", "[reports][csv]") {
  for (const char* text : {"=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", " =1+1", "＝1+1", "＠SUM(A1)"})
    CHECK(line_of(std::string(text)) == "名称,数量,序号\r\n'" + std::string(text) + ",,\r\n");
  CHECK(line_of(std::string("=HYPERLINK(\"x\",1)")) == "名称,数量,序号\r\n\"'=HYPERLINK(\"\"x\"\",1)\",,\r\n");
  // Our own numbers stay numbers.
  CHECK(line_of(Amount{-5'000'000, BaseUnit::mg}) == "名称,数量,序号\r\n-5,,\r\n");
}

TEST_CASE("csv: quotes, commas and line ends are quoted", "[reports][csv]") {
  CHECK(line_of(std::string("a,b")) == "名称,数量,序号\r\n\"a,b\",,\r\n");
  CHECK(line_of(std::string("a\"b")) == "名称,数量,序号\r\n\"a\"\"b\",,\r\n");
  CHECK(line_of(std::string("a\r\nb")) == "名称,数量,序号\r\n\"a\r\nb\",,\r\n");
}

TEST_CASE("json: states the facts, and amounts in base units", "[reports][json]") {
  const auto json = nlohmann::json::parse(
      all(write_json(small({{std::string("甲"), Amount{1'500'000, BaseUnit::mg}, Cell()}}), Language::en)));
  CHECK(json["title"] == "Annual report");
  CHECK(json["ledger"] == "registry.example/1");
  const auto& row = json["tables"][0]["rows"][0];
  CHECK(row["amount"]["amount"] == 1'500'000);
  CHECK(row["amount"]["unit"] == "mg");
  CHECK(row["n"].is_null());
  CHECK(json["tables"][0]["columns"][0]["head"] == "Name");
}

TEST_CASE("xlsx: the same report gives the same bytes, and is a zip file", "[reports][xlsx]") {
  const ReportFile report = small({{std::string("=1+1"), Amount{1'500'000, BaseUnit::mg}, std::int64_t{1}}});
  const std::string first = all(write_xlsx(report, Language::zh));
  CHECK(first.starts_with("PK"));
  CHECK(all(write_xlsx(report, Language::zh)) == first);
  CHECK(all(write_xlsx(report, Language::en)) != first);
}

TEST_CASE("report: memory does not grow with its rows", "[reports]") {
  constexpr int kRows = 200'000;
  ReportFile report = small({});
  report.tables.front().rows = [](const PutRow& put) {
    for (int i = 0; i < kRows; ++i)
      put({"第" + std::to_string(i) + "行，甲苯", Amount{i, BaseUnit::mg}, std::int64_t{i}});
  };
  const auto resident_kib = [] {
    std::ifstream in("/proc/self/statm");
    long all = 0, resident = 0;
    in >> all >> resident;
    return resident * 4;
  };
  const long before = resident_kib();
  for (const ReportFormat format : {ReportFormat::csv, ReportFormat::json}) {
    const auto file = write_report(report, format, Language::zh);
    REQUIRE(file);
    CHECK(file->size() > 6'000'000);
    CHECK(resident_kib() - before < 4'096);
  }
}

TEST_CASE("report: more rows than a sheet holds are refused", "[reports][xlsx]") {
  ReportFile report = small({});
  report.tables.front().rows = [](const PutRow& put) {
    for (std::size_t i = 0; i <= kSheetRowsMax; ++i) put({Cell(), Cell(), Cell()});
  };
  const auto made = write_report(report, ReportFormat::xlsx, Language::zh);
  REQUIRE_FALSE(made);
  CHECK(made.error().rule == "report-too-large");
}
