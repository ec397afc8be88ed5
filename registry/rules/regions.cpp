#include <algorithm>

#include "registry/rules/csv.h"
#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

int year_of(const CsvTable& table, std::size_t row, std::string_view column) {
  const std::string& text = table.at(row, column);
  int year = 0;
  for (char c : text) {
    if (c < '0' || c > '9' || text.size() != 4) table.fail(row, "no year " + text);
    year = year * 10 + (c - '0');
  }
  return year;
}

Region read_region(const CsvTable& table, std::size_t row) {
  Region r;
  r.code = table.at(row, "代码");
  r.province = table.at(row, "一级行政区");
  r.prefecture = table.at(row, "二级行政区");
  r.name = table.at(row, "名称");
  r.level = table.at(row, "级别");
  r.from_year = year_of(table, row, "启用时间");
  if (table.at(row, "状态") != "在用") r.to_year = year_of(table, row, "变更/弃用时间");
  if (r.code.size() != 6 || r.to_year == 0) table.fail(row, "a code of six digits and the year of its end are needed");
  return r;
}

}  // namespace

std::vector<Region> load_regions(std::string_view path, const Region& nation) {
  const CsvTable table = CsvTable::load(path);
  std::vector<Region> out{nation};
  for (std::size_t row = 0; row < table.rows(); ++row) out.push_back(read_region(table, row));
  // A code that changed its name stands there once for each name; the newest comes first and is the one found.
  std::stable_sort(out.begin(), out.end(), [](const Region& a, const Region& b) {
    return a.code != b.code         ? a.code < b.code
           : a.to_year != b.to_year ? a.to_year > b.to_year
                                    : a.from_year > b.from_year;
  });
  return out;
}

}  // namespace registry
