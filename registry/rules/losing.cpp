#include "registry/rules/losing.h"

#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

template <class T>
void set_head(T& row, const RuleHead& head) {
  row.article = head.article;
  row.confidence = head.confidence;
  row.valid_from = head.valid_from;
  row.valid_to = head.valid_to;
}

bool holds(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// One of `wanted` stands in the comma list `codes`.
bool any_of_list(const std::vector<std::string>& wanted, std::string_view codes) {
  while (!codes.empty()) {
    const auto comma = std::min(codes.find(','), codes.size());
    if (holds(wanted, codes.substr(0, comma))) return true;
    codes.remove_prefix(std::min(comma + 1, codes.size()));
  }
  return false;
}

Severity read_severity(const JsonNode& node) {
  Severity out{};
  if (!parse_name(node.text("severity"), out)) node.fail("no severity " + node.text("severity"));
  return out;
}

/// "article" of a finding's kind is the article of the sanction.
FindingKind read_kind(const JsonNode& node) {
  node.only({"kind", "severity", "article", "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(node);
  return {node.text("kind"), read_severity(node), head.article, head.confidence, head.valid_from, head.valid_to};
}

LossGrade read_grade(const JsonNode& node) {
  node.only({"id", "name", "name_zh", "permille_of_threshold", "aggravated", "article", "confidence", "valid_from",
             "valid_to"});
  LossGrade out;
  set_head(out, read_rule_head(node));
  out.id = node.text("id");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.permille = node.integer("permille_of_threshold");
  out.aggravated = node.flag_or("aggravated", false);
  return out;
}

ReportDuty read_duty(const JsonNode& node) {
  node.only({"rule", "obligation", "days", "role", "level", "classes", "pharma", "holder_kinds", "article",
             "confidence", "valid_from", "valid_to"});
  ReportDuty out;
  set_head(out, read_rule_head(node));
  out.rule = node.text("rule");
  out.obligation = node.text("obligation");
  out.days = static_cast<int>(node.integer("days"));
  out.role = node.text("role");
  out.level = node.text("level");
  out.classes = node.texts("classes");
  out.pharma = read_pharma(node);
  out.holder_kinds = node.texts_or_none("holder_kinds");
  return out;
}

InspectionItem read_item(const JsonNode& node) {
  node.only({"code", "finding", "name", "name_zh", "article", "confidence", "valid_from", "valid_to"});
  InspectionItem out;
  set_head(out, read_rule_head(node));
  out.code = node.text("code");
  out.finding = node.text("finding");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  return out;
}

SeizedRule read_seized(const JsonNode& node) {
  node.only({"agencies", "destroy_classes", "destroy_pharma", "article", "confidence", "valid_from", "valid_to"});
  SeizedRule out;
  set_head(out, read_rule_head(node));
  for (const JsonNode& agency : node.elements("agencies")) {
    agency.only({"role", "level"});
    out.agencies.push_back({agency.text("role"), agency.text("level")});
  }
  out.destroy_classes = node.texts("destroy_classes");
  out.destroy_pharma = node.text("destroy_pharma");
  return out;
}

/// A second row for one id that is in force on the same days would make the answer depend on their order.
template <class T>
void add(std::vector<T>& list, std::string T::*id, T row, const JsonNode& node) {
  for (const T& other : list)
    if (other.*id == row.*id && other.valid_from <= row.valid_to && row.valid_from <= other.valid_to)
      node.fail("a second " + row.*id);
  list.push_back(std::move(row));
}

}  // namespace

LosingRules LosingRules::load(std::string_view pack) {
  const JsonNode node = JsonNode::load("rules/" + std::string(pack) + "_losing.json");
  node.only({"finding_kinds", "loss_grades", "report_duties", "inspection_items", "seized"});
  LosingRules out;
  for (const JsonNode& row : node.elements("finding_kinds")) add(out.kinds_, &FindingKind::kind, read_kind(row), row);
  for (const JsonNode& row : node.elements("loss_grades")) add(out.grades_, &LossGrade::id, read_grade(row), row);
  std::stable_sort(out.grades_.begin(), out.grades_.end(),
                   [](const LossGrade& a, const LossGrade& b) { return a.permille > b.permille; });
  for (const JsonNode& row : node.elements("report_duties")) out.duties_.push_back(read_duty(row));
  for (const JsonNode& row : node.elements("inspection_items"))
    add(out.items_, &InspectionItem::code, read_item(row), row);
  out.seized_ = read_seized(node.member("seized"));
  return out;
}

const FindingKind* LosingRules::finding_kind(std::string_view kind) const {
  const auto at = std::find_if(kinds_.begin(), kinds_.end(), [&](const FindingKind& row) { return row.kind == kind; });
  return at == kinds_.end() ? nullptr : &*at;
}

Severity LosingRules::severity_of(std::string_view kind, Severity otherwise) const {
  const FindingKind* found = finding_kind(kind);
  return found ? found->severity : otherwise;
}

const LossGrade* LosingRules::grade_of(std::int64_t threshold, std::int64_t amount, bool aggravated) const {
  const auto at = std::find_if(grades_.begin(), grades_.end(), [&](const LossGrade& grade) {
    return (!grade.aggravated || aggravated) && amount >= ppm_of(threshold, grade.permille * 1000);
  });
  return at == grades_.end() ? nullptr : &*at;
}

std::vector<const ReportDuty*> LosingRules::duties_for(const Substance& substance, std::string_view holder_kinds,
                                                       Date on) const {
  std::vector<const ReportDuty*> out;
  for (const ReportDuty& duty : duties_) {
    const bool is_in_force = duty.valid_from <= on && on <= duty.valid_to;
    const bool is_for_holder = duty.holder_kinds.empty() || any_of_list(duty.holder_kinds, holder_kinds);
    if (is_in_force && is_for_holder && takes_in(duty.classes, duty.pharma, substance)) out.push_back(&duty);
  }
  return out;
}

const InspectionItem* LosingRules::inspection_item(std::string_view code) const {
  const auto at =
      std::find_if(items_.begin(), items_.end(), [&](const InspectionItem& row) { return row.code == code; });
  return at == items_.end() ? nullptr : &*at;
}

bool LosingRules::must_be_destroyed(const Substance& substance) const {
  return takes_in(seized_.destroy_classes, seized_.destroy_pharma, substance);
}

}  // namespace registry
