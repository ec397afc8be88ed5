#include <algorithm>

#include "registry/rules/csv.h"
#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

bool is_class(std::string_view cls) {
  return cls == "1" || cls == "2" || cls == "3" || cls == "N" || cls == "P1" || cls == "P2";
}

Substance read_substance(const CsvTable& table, std::size_t row) {
  Substance s;
  s.code = table.at(row, "code");
  s.cls = table.at(row, "class");
  s.pharma = table.at(row, "pharma") == "1";
  s.name_zh = table.at(row, "name_zh");
  s.name_en = table.at(row, "name_en");
  s.cas = table.at(row, "cas");
  s.un1988_table = table.at(row, "un1988_table");
  s.note = table.at(row, "note");
  if (s.code.empty() || s.name_zh.empty() || s.name_en.empty()) table.fail(row, "code or name is missing");
  if (!is_class(s.cls)) table.fail(row, "no class " + s.cls);
  s.unit = s.is_medicine() ? BaseUnit::ug : BaseUnit::mg;
  if (const std::string& from = table.at(row, "effective_from"); !from.empty()) {
    const auto date = Date::parse(from);
    if (!date) table.fail(row, "effective_from is no date");
    s.effective_from = *date;
  }
  return s;
}

}  // namespace

std::vector<Substance> load_substances() {
  const CsvTable table = CsvTable::load("data/substances.csv");
  std::vector<Substance> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Substance s = read_substance(table, row);
    const auto place = std::lower_bound(out.begin(), out.end(), s.code,
                                        [](const Substance& a, const std::string& code) { return a.code < code; });
    if (place != out.end() && place->code == s.code) table.fail(row, "a second row for " + s.code);
    out.insert(place, std::move(s));
  }
  return out;
}

}  // namespace registry
