#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

PermitUses read_uses(const JsonNode& node) {
  const std::string text = node.text("uses");
  if (text == "once") return PermitUses::once;
  if (text == "multi") return PermitUses::multi;
  if (text == "standing") return PermitUses::standing;
  node.fail("no uses " + text);
}

PermitKind read_kind(const JsonNode& node) {
  node.only({"code",
             "name",
             "name_zh",
             "purpose",
             "also",
             "holder_kinds",
             "classes",
             "buys",
             "pharma",
             "issuer_role",
             "issuer_level",
             "months_max",
             "within_calendar_year",
             "uses",
             "quantity_bound",
             "rule",
             "article",
             "confidence",
             "valid_from",
             "valid_to"});
  const RuleHead head = read_rule_head(node);
  PermitKind kind;
  kind.code = node.text("code");
  kind.name_en = node.text("name");
  kind.name_zh = node.text("name_zh");
  kind.purpose = read_purpose(node, "purpose");
  for (const std::string& also : node.texts_or_none("also")) kind.also.push_back(purpose_called(also, node));
  kind.holder_kinds = node.texts_or_none("holder_kinds");
  kind.classes = node.texts("classes");
  kind.buys = node.texts_or_none("buys");
  kind.pharma = read_pharma(node);
  kind.issuer_role = node.text("issuer_role");
  kind.issuer_level = node.text("issuer_level");
  kind.months_max = static_cast<int>(node.integer("months_max"));
  kind.within_calendar_year = node.flag_or("within_calendar_year", false);
  kind.uses = read_uses(node);
  kind.quantity_bound = node.flag_or("quantity_bound", kind.uses != PermitUses::standing);
  kind.rule = node.text("rule");
  kind.article = head.article;
  kind.confidence = head.confidence;
  kind.valid_from = head.valid_from;
  kind.valid_to = head.valid_to;
  return kind;
}

}  // namespace

std::vector<PermitKind> load_permit_kinds(const JsonNode& pack) {
  std::vector<PermitKind> out;
  for (const JsonNode& node : pack.elements_or_none("permit_kinds")) {
    out.push_back(read_kind(node));
    check_versions(out, &PermitKind::code, node);
  }
  return out;
}

}  // namespace registry
