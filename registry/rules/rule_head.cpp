#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {

bool is_confidence(std::string_view tag) {
  constexpr std::array<std::string_view, 5> tags = {"S", "S2", "M", "L", "D"};
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string_view confirmation_note(std::string_view confidence) {
  return confidence == "M" || confidence == "L" ? "to be confirmed" : "";
}
std::string_view confirmation_note_zh(std::string_view confidence) {
  return confidence == "M" || confidence == "L" ? "待确认" : "";
}

RuleHead read_rule_head(const JsonNode& node) {
  RuleHead head{node.text("article"), node.text("confidence"), node.date("valid_from"),
                node.date_or("valid_to", Date::of(9999, 12, 31))};
  if (!is_confidence(head.confidence)) node.fail("confidence is no tag");
  if (head.valid_to < head.valid_from) node.fail("valid_to lies before valid_from");
  return head;
}

PermitPurpose read_purpose(const JsonNode& node, std::string_view name) {
  return purpose_called(node.text(name), node);
}

std::string_view purpose_name(PermitPurpose purpose) {
  constexpr std::string_view kNames[kPermitPurposes] = {"produce", "trade",  "purchase", "transport",
                                                        "import",  "export", "hold",     "accompany"};
  return kNames[static_cast<std::size_t>(purpose)];
}

PermitPurpose purpose_called(const std::string& text, const JsonNode& node) {
  for (std::size_t i = 0; i < kPermitPurposes; ++i) {
    const auto purpose = static_cast<PermitPurpose>(i);
    if (text == purpose_name(purpose)) return purpose;
  }
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
