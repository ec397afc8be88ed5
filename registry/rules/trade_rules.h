#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/base/time.h"
#include "registry/rules/pack.h"

namespace registry {

class JsonNode;

/// What a rule of trade is about, how sure we are of it, and the days it is in force.
struct TradeRule {
  std::string id, article, confidence;
  std::vector<std::string> classes;
  /// "yes" pharmaceutical precursors only, "no" others only, "" both.
  std::string pharma;
  /// Codes; none means every substance of the classes.
  std::vector<std::string> substances;
  Date valid_from, valid_to;
};

/// Kinds of buyer that may not buy at all (445-16.2).
struct BuyerBan : TradeRule {
  std::vector<std::string> buyer_kinds;
  /// Where a setting of this name is "yes" the ban does not hold: two laws differ and an officer has decided. May be
  /// empty.
  std::string unless_setting;
};

/// Ways to pay that are forbidden, but for these kinds of buyer (445-5.3).
struct PaymentBan : TradeRule {
  std::vector<std::string> payments, free_buyer_kinds;
};

enum class TradeSide { seller, buyer };
/// A sale or purchase is to be filed within the deadline of the same id (445-19, HAZ-41).
struct Filing : TradeRule {
  bool by_seller = false, by_buyer = false;
};

/// What a seller must have checked before goods leave (445-18): codes of sale.record's `checks`.
struct SellerChecks : TradeRule {
  std::vector<std::string> checks;
  /// A sale without them is refused; else it is a finding, since the rule itself is to be confirmed.
  bool is_refused = false;
};

/// What a kind of paper asks beyond its row in the table of kinds.
struct PaperTerms {
  std::string kind;
  /// Deadline within which the authority decides on an application.
  std::string decide;
  /// Members that the paper must state, and by which rule (445-22).
  std::vector<std::string> states;
  std::string states_rule, states_article, states_confidence;
  /// Months without a violation before one may be issued; 0 where nothing is asked (87-9-2, 87-21-2).
  int clean_months = 0;
  std::string clean_rule, clean_article, clean_confidence;
  /// Asked for on every transport, not only across a border (442-52).
  bool every_transport = false;
};

/// The rules of trade of one pack, schema/rules/<pack>_trade.json; immutable.
class TradeRules {
 public:
  /// Throws Fault naming the place of a mistake.
  explicit TradeRules(const JsonNode& node);

  /// The ban that hits a buyer of these kinds (a comma list) on that day; null where there is none.
  const BuyerBan* buyer_ban(const Substance& substance, std::string_view buyer_kinds, Date on) const;
  const PaymentBan* payment_ban(const Substance& substance, std::string_view payment, std::string_view buyer_kinds,
                                Date on) const;
  /// All filings that one side owes for a trade of that day.
  std::vector<const Filing*> filings(const Substance& substance, TradeSide side, Date on) const;
  const SellerChecks* seller_checks(const Substance& substance, Date on) const;
  /// Those of the kind; the terms of a kind without a row ask nothing and give the general time to decide.
  const PaperTerms& terms(std::string_view kind) const;

 private:
  std::vector<BuyerBan> buyer_bans_;
  std::vector<PaymentBan> payment_bans_;
  std::vector<Filing> filings_;
  std::vector<SellerChecks> seller_checks_;
  std::vector<PaperTerms> terms_;
  PaperTerms general_;
};

}  // namespace registry
