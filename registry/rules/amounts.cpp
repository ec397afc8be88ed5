#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

Severity read_severity(const JsonNode& node, std::string_view name) {
  const std::string text = node.text(name);
  if (text == "low") return Severity::low;
  if (text == "medium") return Severity::medium;
  if (text == "high") return Severity::high;
  if (text == "critical") return Severity::critical;
  node.fail("no severity " + text);
}

/// An amount as the law writes it, "10 kg", in the base unit.
std::int64_t read_amount(const JsonNode& node, BaseUnit base) {
  const std::string text = node.text("at_least");
  const auto blank = text.find(' ');
  const auto unit = blank == std::string::npos ? std::nullopt : parse_unit(text.substr(blank + 1));
  const auto quantity = unit ? Quantity::parse(text.substr(0, blank), *unit) : std::nullopt;
  const auto amount = quantity ? quantity->in(base) : std::nullopt;
  if (!amount) node.fail("no amount " + text);
  return *amount;
}

BaseUnit unit_of(const JsonNode& node, const std::string& code, const std::vector<Substance>& substances) {
  for (const Substance& s : substances)
    if (s.code == code) return s.unit;
  node.fail("no substance " + code);
}

void load_tolerances(const JsonNode& node, const std::vector<Substance>& substances, Amounts& out) {
  node.only({"liquids", "liquid_ppm", "solid_ppm", "medicine_ppm", "article", "confidence", "valid_from", "valid_to"});
  read_rule_head(node);
  out.liquids = node.texts("liquids");
  for (const std::string& code : out.liquids) unit_of(node, code, substances);
  out.liquid_ppm = node.integer("liquid_ppm");
  out.solid_ppm = node.integer("solid_ppm");
  out.medicine_ppm = node.integer("medicine_ppm");
}

void load_thresholds(const JsonNode& pack, const std::vector<Substance>& substances, Amounts& out) {
  for (const JsonNode& node : pack.elements_or_none("criminal_thresholds")) {
    node.only({"substances", "class", "at_least", "article", "confidence", "valid_from", "valid_to"});
    read_rule_head(node);
    for (const std::string& code : node.texts_or_none("substances"))
      out.thresholds.push_back({code, read_amount(node, unit_of(node, code, substances))});
    if (node.has("class")) out.class_thresholds.push_back({node.text("class"), read_amount(node, BaseUnit::mg)});
  }
}

void load_severities(const JsonNode& node, Amounts& out) {
  node.only({"grades", "unnamed_two_person", "unnamed_other", "article", "confidence", "valid_from", "valid_to"});
  read_rule_head(node);
  for (const JsonNode& grade : node.elements("grades"))
    out.grades.push_back({grade.integer("permille_of_threshold"), read_severity(grade, "severity")});
  out.unnamed_two_person = read_severity(node, "unnamed_two_person");
  out.unnamed_other = read_severity(node, "unnamed_other");
}

}  // namespace

Amounts load_amounts(const JsonNode& pack, const std::vector<Substance>& substances) {
  Amounts out;
  load_tolerances(pack.member("tolerances"), substances, out);
  load_thresholds(pack, substances, out);
  load_severities(pack.member("loss_severity"), out);
  return out;
}

}  // namespace registry
