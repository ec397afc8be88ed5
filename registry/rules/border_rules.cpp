#include "registry/rules/border_rules.h"

#include <algorithm>
#include <stdexcept>

#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

constexpr std::int64_t kWhole = 1'000'000;

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_free_or_has(const std::vector<std::string>& list, std::string_view value) {
  return list.empty() || contains(list, value);
}

void read_head(const JsonNode& node, BorderRuleHead& out) {
  const RuleHead head = read_rule_head(node);
  out.id = node.text("id");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.article = head.article;
  out.confidence = head.confidence;
  out.valid_from = head.valid_from;
  out.valid_to = head.valid_to;
}

BorderDirection read_direction(const JsonNode& node) {
  BorderDirection direction{};
  if (!parse_name(node.text("direction"), direction)) node.fail("direction is neither export nor import");
  return direction;
}

void check_substances(const JsonNode& node, const RulePack& pack, const std::vector<std::string>& codes) {
  for (const std::string& code : codes)
    if (!pack.substance(code)) node.fail("no substance " + code);
}

void check_kind(const JsonNode& node, const RulePack& pack, const std::string& kind) {
  if (!pack.permit_kind(kind)) node.fail("no kind of permit " + kind);
}

#define TALLYSTICK_HEAD "id", "name", "name_zh", "article", "confidence", "valid_from", "valid_to"

BorderCheckRule read_check(const JsonNode& node, const RulePack& pack) {
  node.only({TALLYSTICK_HEAD, "direction", "un_tables", "classes", "substances"});
  BorderCheckRule rule;
  read_head(node, rule);
  rule.direction = read_direction(node);
  rule.un_tables = node.texts_or_none("un_tables");
  rule.classes = node.texts_or_none("classes");
  rule.substances = node.texts_or_none("substances");
  check_substances(node, pack, rule.substances);
  return rule;
}

CompanionRule read_companion(const JsonNode& node, const RulePack& pack) {
  node.only({TALLYSTICK_HEAD, "direction", "kind", "classes", "pharma", "substances", "countries"});
  CompanionRule rule;
  read_head(node, rule);
  rule.direction = read_direction(node);
  rule.kind = node.text("kind");
  rule.classes = node.texts("classes");
  rule.pharma = read_pharma(node);
  rule.substances = node.texts_or_none("substances");
  rule.countries = node.texts_or_none("countries");
  check_substances(node, pack, rule.substances);
  check_kind(node, pack, rule.kind);
  return rule;
}

MixtureRule read_mixture(const JsonNode& node, const RulePack& pack) {
  node.only({TALLYSTICK_HEAD, "substances", "over_ppm"});
  MixtureRule rule;
  read_head(node, rule);
  rule.substances = node.texts("substances");
  rule.over_ppm = node.integer("over_ppm");
  check_substances(node, pack, rule.substances);
  if (rule.over_ppm < 0 || rule.over_ppm >= kWhole) node.fail("over_ppm is no content of a mixture");
  return rule;
}

LicenceEndRule read_end(const JsonNode& node, const RulePack& pack) {
  node.only({TALLYSTICK_HEAD, "kinds", "month", "day"});
  LicenceEndRule rule;
  read_head(node, rule);
  rule.kinds = node.texts("kinds");
  rule.month = static_cast<int>(node.integer("month"));
  rule.day = static_cast<int>(node.integer("day"));
  for (const std::string& kind : rule.kinds) check_kind(node, pack, kind);
  if (rule.month < 1 || rule.month > 12 || rule.day < 1 || rule.day > 28 + 3) node.fail("no day of a year");
  return rule;
}

BorderOfficeRule read_office(const JsonNode& node, const RulePack&) {
  node.only({TALLYSTICK_HEAD, "act", "roles", "level"});
  BorderOfficeRule rule;
  read_head(node, rule);
  rule.act = node.text("act");
  rule.roles = node.texts("roles");
  rule.level = node.text("level");
  return rule;
}

BorderPeriod read_period(const JsonNode& node, const RulePack&) {
  node.only({TALLYSTICK_HEAD, "days"});
  BorderPeriod rule;
  read_head(node, rule);
  rule.days = node.integer("days");
  if (rule.days < 1) node.fail("a period has days");
  return rule;
}

#undef TALLYSTICK_HEAD

template <class Rule>
std::vector<Rule> read_all(const JsonNode& file, std::string_view name, const RulePack& pack,
                           Rule (*read)(const JsonNode&, const RulePack&)) {
  std::vector<Rule> out;
  for (const JsonNode& node : file.elements(name)) out.push_back(read(node, pack));
  return out;
}

bool takes_in(const BorderCheckRule& rule, const Substance& substance) {
  const bool by_table = !substance.un1988_table.empty() && contains(rule.un_tables, substance.un1988_table);
  return by_table || contains(rule.classes, substance.cls) || contains(rule.substances, substance.code);
}

}  // namespace

const BorderCheckRule* BorderRules::check_for(BorderDirection direction, const Substance& substance, Date day) const {
  for (const BorderCheckRule& rule : checks)
    if (rule.direction == direction && rule.in_force(day) && takes_in(rule, substance)) return &rule;
  return nullptr;
}

std::vector<const CompanionRule*> BorderRules::companions_for(BorderDirection direction, const Substance& substance,
                                                              std::string_view country, Date day) const {
  std::vector<const CompanionRule*> out;
  for (const CompanionRule& rule : companions) {
    if (rule.direction != direction || !rule.in_force(day)) continue;
    if (!registry::takes_in(rule.classes, rule.pharma, substance)) continue;
    if (!is_free_or_has(rule.substances, substance.code) || !is_free_or_has(rule.countries, country)) continue;
    out.push_back(&rule);
  }
  return out;
}

bool BorderRules::needs_licence(const Substance& substance, std::int64_t ppm, Date day) const {
  if (ppm >= kWhole) return true;
  for (const MixtureRule& rule : mixtures)
    if (rule.in_force(day) && contains(rule.substances, substance.code)) return ppm > rule.over_ppm;
  return true;
}

const LicenceEndRule* BorderRules::licence_end(std::string_view kind, Date day) const {
  for (const LicenceEndRule& rule : licence_ends)
    if (rule.in_force(day) && contains(rule.kinds, kind)) return &rule;
  return nullptr;
}

const BorderOfficeRule& BorderRules::office(std::string_view act) const {
  for (const BorderOfficeRule& rule : offices)
    if (rule.act == act) return rule;
  throw RuleMissing("no office for " + std::string(act));
}

std::int64_t BorderRules::period(std::string_view id) const {
  for (const BorderPeriod& rule : periods)
    if (rule.id == id) return rule.days;
  throw RuleMissing("no period " + std::string(id));
}

BorderRules load_border_rules(std::string_view path, const RulePack& pack) {
  const JsonNode file = JsonNode::load(path);
  file.only({"checks", "companions", "mixtures", "licence_ends", "offices", "periods"});
  return {read_all(file, "checks", pack, read_check),     read_all(file, "companions", pack, read_companion),
          read_all(file, "mixtures", pack, read_mixture), read_all(file, "licence_ends", pack, read_end),
          read_all(file, "offices", pack, read_office),   read_all(file, "periods", pack, read_period)};
}

}  // namespace registry
