#include <algorithm>

#include "registry/rules/csv.h"
#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

std::optional<std::size_t> place_of(const std::vector<SubstanceClass>& classes, std::string_view code) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (classes[i].code == code) return i;
  return {};
}

/// "a;b" as a list; a name may hold a comma.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Date read_day(const CsvTable& table, std::size_t row, std::string_view column, Date fallback) {
  const std::string& text = table.at(row, column);
  if (text.empty()) return fallback;
  const auto date = Date::parse(text);
  if (!date) table.fail(row, std::string(column) + " is no date");
  return *date;
}

void read_class(const CsvTable& table, std::size_t row, const std::vector<SubstanceClass>& classes, Substance& s) {
  s.cls = table.at(row, "class");
  const auto place = place_of(classes, s.cls);
  if (!place) table.fail(row, "no class " + s.cls);
  s.cls_index = *place;
  s.medicine = classes[*place].medicine;
  s.salts = classes[*place].salts;
  s.unit = s.medicine ? BaseUnit::ug : BaseUnit::mg;
}

Substance read_substance(const CsvTable& table, std::size_t row, const std::vector<SubstanceClass>& classes) {
  Substance s;
  s.code = table.at(row, "code");
  s.pharma = table.at(row, "pharma") == "1";
  s.name_zh = table.at(row, "name_zh");
  s.name_en = table.at(row, "name_en");
  s.cas = table.at(row, "cas");
  s.un1988_table = table.at(row, "un1988_table");
  s.note = table.at(row, "note");
  s.confidence = table.at(row, "confidence");
  s.aliases = split(table.at(row, "aliases"));
  s.other_cas = split(table.at(row, "other_cas"));
  if (s.code.empty() || s.name_zh.empty() || s.name_en.empty()) table.fail(row, "code or name is missing");
  if (!is_confidence(s.confidence)) table.fail(row, "confidence is no tag");
  read_class(table, row, classes, s);
  s.effective_from = read_day(table, row, "effective_from", Date{});
  s.effective_to = read_day(table, row, "effective_to", Date::of(9999, 12, 31));
  if (s.effective_to < s.effective_from) table.fail(row, "effective_to lies before effective_from");
  return s;
}

bool overlap(const Substance& a, const Substance& b) {
  return a.effective_from <= b.effective_to && b.effective_from <= a.effective_to;
}

SubstanceClass read_class(const JsonNode& node) {
  node.only({"code", "name", "name_zh", "medicine", "salts", "article", "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(node);
  return {node.text("code"),
          node.text("name_zh"),
          node.text("name"),
          node.flag_or("medicine", false),
          node.flag_or("salts", false),
          head.article,
          head.confidence};
}

}  // namespace

std::vector<SubstanceClass> load_classes(const JsonNode& pack) {
  std::vector<SubstanceClass> out;
  for (const JsonNode& node : pack.elements("classes")) out.push_back(read_class(node));
  return out;
}

std::vector<Substance> load_substances(const JsonNode& pack, const std::vector<SubstanceClass>& classes) {
  std::vector<Substance> out;
  for (const std::string& path : pack.texts("catalogues")) {
    const CsvTable table = CsvTable::load(path);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      Substance s = read_substance(table, row, classes);
      for (const Substance& other : out)
        if (other.code == s.code && overlap(other, s)) table.fail(row, "a second row for " + s.code);
      out.push_back(std::move(s));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Substance& a, const Substance& b) {
    return a.code != b.code ? a.code < b.code : a.effective_from < b.effective_from;
  });
  return out;
}

}  // namespace registry
