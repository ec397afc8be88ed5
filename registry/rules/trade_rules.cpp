#include "registry/rules/trade_rules.h"

#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Whether a comma list names one of these codes.
bool names_one(std::string_view codes, const std::vector<std::string>& list) {
  while (!codes.empty()) {
    const auto comma = std::min(codes.find(','), codes.size());
    if (contains(list, codes.substr(0, comma))) return true;
    codes.remove_prefix(std::min(comma + 1, codes.size()));
  }
  return false;
}

bool is_about(const TradeRule& rule, const Substance& substance, Date on) {
  if (on < rule.valid_from || rule.valid_to < on || !takes_in(rule.classes, rule.pharma, substance)) return false;
  return rule.substances.empty() || contains(rule.substances, substance.code);
}

void read_rule(const JsonNode& node, TradeRule& out) {
  const RuleHead head = read_rule_head(node);
  out.id = node.text("id");
  out.article = head.article;
  out.confidence = head.confidence;
  out.classes = node.texts("classes");
  out.pharma = read_pharma(node);
  out.substances = node.texts_or_none("substances");
  out.valid_from = head.valid_from;
  out.valid_to = head.valid_to;
}

BuyerBan read_buyer_ban(const JsonNode& node) {
  node.only({"id", "classes", "pharma", "substances", "buyer_kinds", "unless_setting", "article", "confidence",
             "valid_from", "valid_to"});
  BuyerBan out;
  read_rule(node, out);
  out.buyer_kinds = node.texts("buyer_kinds");
  out.unless_setting = node.text_or("unless_setting", "");
  return out;
}

PaymentBan read_payment_ban(const JsonNode& node) {
  node.only({"id", "classes", "pharma", "substances", "payments", "free_buyer_kinds", "article", "confidence",
             "valid_from", "valid_to"});
  PaymentBan out;
  read_rule(node, out);
  out.payments = node.texts("payments");
  out.free_buyer_kinds = node.texts_or_none("free_buyer_kinds");
  return out;
}

Filing read_filing(const JsonNode& node) {
  node.only({"id", "classes", "pharma", "substances", "who", "article", "confidence", "valid_from", "valid_to"});
  Filing out;
  read_rule(node, out);
  for (const std::string& who : node.texts("who")) {
    if (who != "seller" && who != "buyer") node.fail("no side " + who);
    (who == "seller" ? out.by_seller : out.by_buyer) = true;
  }
  return out;
}

SellerChecks read_seller_checks(const JsonNode& node) {
  node.only(
      {"id", "classes", "pharma", "substances", "checks", "refuse", "article", "confidence", "valid_from", "valid_to"});
  SellerChecks out;
  read_rule(node, out);
  out.checks = node.texts("checks");
  out.is_refused = node.flag_or("refuse", false);
  return out;
}

void read_states(const JsonNode& node, PaperTerms& out) {
  if (!node.has("states")) return;
  const JsonNode states = node.member("states");
  states.only({"rule", "members", "article", "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(states);
  out.states_article = head.article;
  out.states_confidence = head.confidence;
  out.states_rule = states.text("rule");
  out.states = states.texts("members");
}

void read_clean_record(const JsonNode& node, PaperTerms& out) {
  if (!node.has("clean_record")) return;
  const JsonNode record = node.member("clean_record");
  record.only({"rule", "months", "article", "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(record);
  out.clean_article = head.article;
  out.clean_confidence = head.confidence;
  out.clean_rule = record.text("rule");
  out.clean_months = static_cast<int>(record.integer("months"));
}

PaperTerms read_terms(const JsonNode& node) {
  node.only({"kind", "decide", "states", "clean_record", "every_transport"});
  PaperTerms out;
  out.kind = node.text("kind");
  out.decide = node.text("decide");
  out.every_transport = node.flag_or("every_transport", false);
  read_states(node, out);
  read_clean_record(node, out);
  return out;
}

template <class T, class Read>
std::vector<T> read_all(const JsonNode& node, std::string_view name, Read&& read) {
  std::vector<T> out;
  for (const JsonNode& each : node.elements(name)) out.push_back(read(each));
  return out;
}

}  // namespace

TradeRules::TradeRules(const JsonNode& node) {
  node.only({"buyer_bans", "payment_bans", "filings", "seller_checks", "papers", "decide", "deadlines"});
  buyer_bans_ = read_all<BuyerBan>(node, "buyer_bans", read_buyer_ban);
  payment_bans_ = read_all<PaymentBan>(node, "payment_bans", read_payment_ban);
  filings_ = read_all<Filing>(node, "filings", read_filing);
  seller_checks_ = read_all<SellerChecks>(node, "seller_checks", read_seller_checks);
  terms_ = read_all<PaperTerms>(node, "papers", read_terms);
  general_.decide = node.text("decide");
}

const BuyerBan* TradeRules::buyer_ban(const Substance& substance, std::string_view buyer_kinds, Date on) const {
  for (const BuyerBan& ban : buyer_bans_)
    if (is_about(ban, substance, on) && names_one(buyer_kinds, ban.buyer_kinds)) return &ban;
  return nullptr;
}

const PaymentBan* TradeRules::payment_ban(const Substance& substance, std::string_view payment,
                                          std::string_view buyer_kinds, Date on) const {
  for (const PaymentBan& ban : payment_bans_)
    if (is_about(ban, substance, on) && contains(ban.payments, payment) &&
        !names_one(buyer_kinds, ban.free_buyer_kinds))
      return &ban;
  return nullptr;
}

std::vector<const Filing*> TradeRules::filings(const Substance& substance, TradeSide side, Date on) const {
  std::vector<const Filing*> out;
  for (const Filing& filing : filings_)
    if (is_about(filing, substance, on) && (side == TradeSide::seller ? filing.by_seller : filing.by_buyer))
      out.push_back(&filing);
  return out;
}

const SellerChecks* TradeRules::seller_checks(const Substance& substance, Date on) const {
  for (const SellerChecks& checks : seller_checks_)
    if (is_about(checks, substance, on)) return &checks;
  return nullptr;
}

const PaperTerms& TradeRules::terms(std::string_view kind) const {
  for (const PaperTerms& terms : terms_)
    if (terms.kind == kind) return terms;
  return general_;
}

}  // namespace registry
