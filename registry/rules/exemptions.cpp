#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

Exemption read_exemption(const JsonNode& node) {
  node.only({"id",           "name",    "name_zh",  "waives",     "classes",     "pharma",  "substances",
             "holder_kinds", "instead", "once_max", "year_max",   "also_waives", "forms",   "opens",
             "seen_only",    "channel", "article",  "confidence", "valid_from",  "valid_to"});
  const RuleHead head = read_rule_head(node);
  Exemption out;
  out.id = node.text("id");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.waives = read_purpose(node, "waives");
  out.classes = node.texts("classes");
  out.pharma = read_pharma(node);
  out.substances = node.texts_or_none("substances");
  out.holder_kinds = node.texts_or_none("holder_kinds");
  out.instead = node.text_or("instead", "");
  for (const std::string& also : node.texts_or_none("also_waives"))
    out.also_waives.push_back(purpose_called(also, node));
  if (node.has("forms"))
    for (const std::string& form : node.member("forms").names())
      out.forms.emplace_back(form, node.member("forms").integer(form));
  out.opens = node.text_or("opens", "");
  out.seen_only = node.flag_or("seen_only", false);
  out.channel = node.flag_or("channel", false);
  out.once_max = node.integer_or("once_max", 0);
  out.year_max = node.integer_or("year_max", 0);
  out.article = head.article;
  out.confidence = head.confidence;
  out.valid_from = head.valid_from;
  out.valid_to = head.valid_to;
  return out;
}

}  // namespace

std::vector<Exemption> load_exemptions(const JsonNode& pack) {
  std::vector<Exemption> out;
  for (const JsonNode& node : pack.elements_or_none("exemptions")) {
    out.push_back(read_exemption(node));
    check_versions(out, &Exemption::id, node);
  }
  return out;
}

}  // namespace registry
