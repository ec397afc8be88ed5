#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/pack.h"

// What the law says about goods in hand: packages, prescriptions, who signs, how long papers are kept. Data of
// schema/rules/<pack>_goods.json and schema/data/salts.csv.
namespace registry {

/// Where a rule stands, and when it holds.
struct RuleSource {
  std::string rule, article, confidence;
  /// 9999-12-31 while it is in force.
  Date valid_from, valid_to;
  bool in_force(Date on) const { return valid_from <= on && on <= valid_to; }
};

/// Which goods a rule is about. Substances, where any are named, are all of them; else classes decide.
struct GoodsScope {
  std::vector<std::string> classes, substances;
  /// "yes" pharmaceutical precursors and medicines only, "no" others only, "" both.
  std::string pharma;
  bool takes(const Substance& substance) const;
};

/// A salt in which the strength of a medicine is stated.
struct Salt {
  std::string substance, code, name_en, name_zh;
  /// Base mass by salt mass, in ten-thousandths: four digits, as law.md 5.4 computes them.
  std::int64_t factor = 10'000;
  std::string confidence;
};

struct TwoPersons {
  RuleSource source;
  GoodsScope scope;
  std::vector<Act> acts;
};

/// The most that one prescription may hand over.
struct PrescriptionLimit {
  RuleSource source;
  GoodsScope scope;
  /// Forms of the goods and kinds of patient it is for; none means any.
  std::vector<std::string> forms, patients;
  /// 0 where the law sets none.
  std::int64_t days_max = 0, doses_max = 0;
  /// Given inside the institution only, never taken home.
  bool inside_only = false;
  /// A stated reason of the prescriber allows more days.
  bool reason_extends = false;
};

/// How long a prescription may wait: so many days, the day of writing among them.
struct PrescriptionValidity {
  RuleSource source;
  std::int64_t days = 1, days_max = 3;
};

/// How long a paper is kept.
struct Retention {
  RuleSource source;
  GoodsScope scope;
  /// ledger, sales-ledger, prescription, register.
  std::string document;
  std::string name_en, name_zh;
  int years = 0;
  /// Counted from the expiry of the lot; else from the last entry about it.
  bool from_expiry = false;
};

/// Goods that the seller brings to a receiver of this kind, to a site of these kinds.
struct Delivery {
  RuleSource source;
  GoodsScope scope;
  std::string receiver_kind;
  std::vector<std::string> site_kinds;
};

/// A rule that holds for goods of a scope, in these forms; no form means any.
struct GoodsRule {
  RuleSource source;
  GoodsScope scope;
  std::vector<std::string> forms;
};

/// Papers over these goods are approved by two officials of the agency: by one of the duties `first` and by another
/// person of the duties `second`.
struct Approval {
  RuleSource source;
  GoodsScope scope;
  /// Steps that need it, without version.
  std::vector<std::string> steps;
  std::vector<std::string> first, second;
};

struct NumberRule {
  RuleSource source;
  std::int64_t value = 0;
};

class GoodsRules {
 public:
  std::vector<Salt> salts;
  std::vector<TwoPersons> two_persons;
  std::vector<Approval> approvals;
  /// The first that fits holds.
  std::vector<PrescriptionLimit> prescription_limits;
  PrescriptionValidity prescription_validity;
  std::vector<Retention> retentions;
  std::vector<Delivery> deliveries;
  /// Empty packages of these goods come back and are counted.
  std::vector<GoodsRule> empties;
  /// A pharmacist checks and signs what is dispensed.
  std::vector<GoodsRule> pharmacist;
  /// Never sold at retail; and sold at retail, but to no minor.
  std::vector<GoodsRule> never_retail, not_to_minors;
  /// Most opened pieces whose remainder one act destroys.
  NumberRule residue_pieces_max;
  /// An instrument's stated uncertainty explains at most so many ppm of what the book holds.
  NumberRule instrument_ppm_max;

  bool needs_two_persons(const Substance& substance, Act act) const;
  bool needs_two_persons(const Substance& substance) const;
  /// The rule by which this step about the substance needs two officials, or null.
  const Approval* approval(const Substance& substance, std::string_view step, Date on) const;
  const Salt* salt(std::string_view substance, std::string_view code) const;
  const PrescriptionLimit* prescription_limit(const Substance& substance, std::string_view form,
                                              std::string_view patient, Date on) const;
  const Delivery* delivery(const Substance& substance, std::string_view receiver_kinds, Date on) const;
  /// Null when nothing in the law asks for such a paper.
  const Retention* retention(const Substance& substance, std::string_view document, Date on) const;
  /// The first rule of a list that is in force for the goods, or null.
  static const GoodsRule* find(const std::vector<GoodsRule>& rules, const Substance& substance, std::string_view form,
                               Date on);
};

}  // namespace registry
