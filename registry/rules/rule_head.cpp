#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {

RuleHead read_rule_head(const JsonNode& node) {
  RuleHead head{node.text("article"), node.text("confidence"), node.date("valid_from"),
                node.date_or("valid_to", Date::of(9999, 12, 31))};
  constexpr std::array<std::string_view, 5> tags = {"S", "S2", "M", "L", "D"};
  if (std::find(tags.begin(), tags.end(), head.confidence) == tags.end()) node.fail("confidence is no tag");
  if (head.valid_to < head.valid_from) node.fail("valid_to lies before valid_from");
  return head;
}

PermitPurpose read_purpose(const JsonNode& node, std::string_view name) {
  const std::string text = node.text(name);
  if (text == "produce") return PermitPurpose::produce;
  if (text == "trade") return PermitPurpose::trade;
  if (text == "purchase") return PermitPurpose::purchase;
  if (text == "transport") return PermitPurpose::transport;
  if (text == "import") return PermitPurpose::import_goods;
  if (text == "export") return PermitPurpose::export_goods;
  if (text == "hold") return PermitPurpose::hold;
  if (text == "accompany") return PermitPurpose::accompany;
  node.fail("no purpose " + text);
}

std::string read_pharma(const JsonNode& node) {
  std::string text = node.text_or("pharma", "");
  if (!text.empty() && text != "yes" && text != "no") node.fail("pharma is neither yes nor no");
  return text;
}

bool takes_in(const std::vector<std::string>& classes, std::string_view pharma, const Substance& substance) {
  if (std::find(classes.begin(), classes.end(), substance.cls) == classes.end()) return false;
  return pharma.empty() || (pharma == "yes") == substance.pharma;
}

}  // namespace registry
