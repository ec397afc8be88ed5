#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

RegionRelation read_region(const JsonNode& node) {
  const std::string text = node.text_or("region", "any");
  if (text == "any") return RegionRelation::any;
  if (text == "same_province") return RegionRelation::same_province;
  if (text == "other_province") return RegionRelation::other_province;
  node.fail("no relation of regions " + text);
}

Channel read_channel(const JsonNode& node) {
  node.only({"id", "name", "name_zh", "goods", "sellers", "buyers", "region", "allow", "papers", "exemption", "article",
             "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(node);
  Channel out;
  out.id = node.text("id");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.goods = node.text("goods");
  out.sellers = node.texts_or_none("sellers");
  out.buyers = node.texts_or_none("buyers");
  out.region = read_region(node);
  out.allow = node.flag_or("allow", true);
  out.papers = node.texts_or_none("papers");
  out.exemption = node.text_or("exemption", "");
  out.article = head.article;
  out.confidence = head.confidence;
  out.valid_from = head.valid_from;
  out.valid_to = head.valid_to;
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

std::vector<Channel> load_channels(const JsonNode& pack) {
  std::vector<Channel> out;
  for (const JsonNode& node : pack.elements_or_none("channels")) {
    out.push_back(read_channel(node));
    check_versions(out, &Channel::id, node);
  }
  return out;
}

std::vector<GoodsKind> load_goods_kinds(const JsonNode& pack) {
  std::vector<GoodsKind> out;
  for (const JsonNode& node : pack.elements_or_none("goods")) {
    node.only({"code", "classes", "pharma", "forms"});
    out.push_back({node.text("code"), node.texts("classes"), read_pharma(node), node.texts_or_none("forms")});
  }
  return out;
}

bool is_goods(const GoodsKind& goods, const Substance& substance, std::string_view form) {
  return takes_in(goods.classes, goods.pharma, substance) && (goods.forms.empty() || contains(goods.forms, form));
}

}  // namespace registry
