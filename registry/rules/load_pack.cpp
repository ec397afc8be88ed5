#include "registry/rules/edition.h"
#include "registry/rules/row_texts.h"
#include "schema/files.h"

namespace registry {
namespace {

Region read_nation(const JsonNode& pack) {
  const JsonNode node = pack.member("nation");
  Region nation;
  nation.code = node.text("code");
  nation.name = node.text("name_zh");
  nation.level = "国家级";
  return nation;
}

/// A pack may leave out what its country has no rules for.
bool has_file(std::string_view path) {
  const auto files = schema::files();
  return std::any_of(files.begin(), files.end(), [&](const schema::File& file) { return file.path == path; });
}

JsonNode trade_file(std::string_view pack) {
  const std::string path = "rules/" + std::string(pack) + "_trade.json";
  if (has_file(path)) return JsonNode::load(path);
  return JsonNode::parse(path, R"({"buyer_bans":[],"payment_bans":[],"filings":[],"seller_checks":[],"papers":[],
    "decide":"","deadlines":[]})");
}

/// Its deadlines are deadlines like all others.
void load_trade(const JsonNode& file, DatedRows& rows, PackBase& base) {
  add_deadlines(file, rows.deadlines);
  base.trade = std::make_unique<const TradeRules>(file);
}

/// Files "rules/<pack>-<overlay>.json".
std::vector<JsonNode> overlay_files(std::string_view pack) {
  const std::string start = "rules/" + std::string(pack) + "-";
  std::vector<JsonNode> out;
  for (const schema::File& file : schema::files())
    if (file.path.starts_with(start) && file.path.ends_with(".json")) out.push_back(JsonNode::load(file.path));
  return out;
}

Overlay read_overlay(const JsonNode& node) {
  node.only({"overlay", "pack", "name", "name_zh", "article", "confidence", "valid_from", "valid_to", "permit_kinds",
             "exemptions", "deadlines", "channels"});
  const RuleHead head = read_rule_head(node);
  return {node.text("overlay"), node.text("name_zh"), node.text("name"), head.article, head.confidence};
}

/// Rows of an overlay come first; one with an id of the pack takes its place.
template <class T>
void lay_over(std::vector<T> over, std::string T::*id, std::vector<T>& rows) {
  std::erase_if(rows, [&](const T& row) {
    return std::any_of(over.begin(), over.end(), [&](const T& o) { return o.*id == row.*id; });
  });
  rows.insert(rows.begin(), std::make_move_iterator(over.begin()), std::make_move_iterator(over.end()));
}

DatedRows laid_over(DatedRows rows, DatedRows over) {
  lay_over(std::move(over.permit_kinds), &PermitKind::code, rows.permit_kinds);
  lay_over(std::move(over.exemptions), &Exemption::id, rows.exemptions);
  lay_over(std::move(over.deadlines), &Deadline::rule, rows.deadlines);
  lay_over(std::move(over.channels), &Channel::id, rows.channels);
  return rows;
}

void add_line(std::string overlay, DatedRows all, std::deque<EditionLine>& lines) {
  EditionLine& line = lines.emplace_back();
  line.overlay = std::move(overlay);
  line.all = std::move(all);
  line.days = change_days(line.all);
  line.slots.resize(line.days.size());
}

std::vector<Substance> newest_of(const std::vector<Substance>& all) {
  DatedRows rows;
  rows.substances = all;
  return rows_on(rows, Date::of(9999, 12, 31)).substances;
}

/// The texts are shared and cite the law of China; a pack that has articles of its own shows those and no others.
void cite(const JsonNode& articles, Texts& texts) {
  for (RuleText& text : texts.rules) text.article.clear(), text.confidence.clear();
  for (const std::string& rule : articles.names()) {
    const JsonNode node = articles.member(rule);
    node.only({"article", "confidence"});
    const auto text = std::lower_bound(texts.rules.begin(), texts.rules.end(), rule,
                                       [](const RuleText& a, const std::string& b) { return a.rule < b; });
    if (text == texts.rules.end() || text->rule != rule) articles.fail("no text for " + rule);
    text->article = node.text("article");
    text->confidence = node.text("confidence");
    if (!is_confidence(text->confidence)) node.fail("confidence is no tag");
  }
}

std::shared_ptr<PackBase> load_base(const JsonNode& node) {
  auto base = std::make_shared<PackBase>();
  base->code = node.text("pack");
  base->regions = load_regions(node.text_or("regions", "data/regions.csv"), read_nation(node));
  base->classes = load_classes(node);
  base->party_kinds = load_party_kinds(node);
  base->goods_kinds = load_goods_kinds(node);
  base->calendar = load_calendar(node);
  base->borders = load_borders(node);
  base->certificates = load_certificate_rules();
  base->texts = load_texts();
  if (node.has("articles")) cite(node.member("articles"), base->texts);
  return base;
}

}  // namespace

RulePack RulePack::load(std::string_view pack) {
  const JsonNode node = JsonNode::load("rules/" + std::string(pack) + ".json");
  node.only({"pack",
             "name",
             "name_zh",
             "nation",
             "regions",
             "catalogues",
             "classes",
             "party_kinds",
             "permit_kinds",
             "exemptions",
             "channels",
             "goods",
             "deadlines",
             "calendar",
             "duties",
             "whole_provinces",
             "key_areas",
             "tolerances",
             "criminal_thresholds",
             "loss_severity",
             "articles"});
  auto base = load_base(node);
  DatedRows own = load_dated_rows(node);
  load_trade(trade_file(pack), own, *base);
  base->duties = load_duties(node.text_or("duties", ""), own.deadlines);
  own.substances = load_substances(node, base->classes);
  const std::string goods = "rules/" + std::string(pack) + "_goods.json";
  if (has_file(goods)) base->goods = load_goods(JsonNode::load(goods), newest_of(own.substances));
  base->amounts = load_amounts(node, newest_of(own.substances));
  add_row_texts(own, base->classes, base->texts);
  std::deque<EditionLine> lines;
  add_line("", own, lines);
  for (const JsonNode& file : overlay_files(pack)) {
    base->overlays.push_back(read_overlay(file));
    DatedRows over = load_dated_rows(file);
    add_row_texts(over, base->classes, base->texts);
    add_line(base->overlays.back().id, laid_over(own, std::move(over)), lines);
  }
  const Date newest = Date::of(9999, 12, 31);
  auto data = std::make_unique<Data>(base, rows_on(own, newest), newest, std::string(pack));
  data->lines = std::move(lines);
  RulePack out(std::move(data));
  if (has_file("rules/" + std::string(pack) + "_losing.json")) base->losing = LosingRules::load(pack);
  const std::string border = "rules/border_" + std::string(pack) + ".json";
  if (has_file(border)) base->border = load_border_rules(border, out);
  return out;
}

}  // namespace registry
