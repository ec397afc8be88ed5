#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/pack.h"

// What the law says about goods that cross the border of the country: schema/rules/border_cn.json.
namespace registry {

/// What each of these rules states about itself.
struct BorderRuleHead {
  std::string id, article, confidence, name_en, name_zh;
  Date valid_from, valid_to;
  bool in_force(Date day) const { return valid_from <= day && day <= valid_to; }
};

/// Goods for which a licence or an arrival needs a two-way check 国际核查.
struct BorderCheckRule : BorderRuleHead {
  BorderDirection direction = BorderDirection::export_goods;
  /// Tables of the 1988 Convention, classes, codes: any of them takes a substance in.
  std::vector<std::string> un_tables, classes, substances;
};

/// A paper that goes with the licence: consent of the drug administration, clearance form, licence for special
/// countries, naming as exporter.
struct CompanionRule : BorderRuleHead {
  BorderDirection direction = BorderDirection::export_goods;
  /// Kind of permit, whose purpose is `accompany`.
  std::string kind;
  std::vector<std::string> classes;
  /// "yes", "no" or "".
  std::string pharma;
  /// Codes and partner countries; none means all.
  std::vector<std::string> substances, countries;
};

/// Up to which content a mixture needs no licence to cross the border.
struct MixtureRule : BorderRuleHead {
  std::vector<std::string> substances;
  std::int64_t over_ppm = 0;
};

/// The last day that a paper of these kinds may name: a day of the year after the one in which it starts.
struct LicenceEndRule : BorderRuleHead {
  std::vector<std::string> kinds;
  int month = 12, day = 31;
};

/// Who may take a part in a two-way check: one of these roles, this level or a higher one.
struct BorderOfficeRule : BorderRuleHead {
  /// notify, answer, release
  std::string act;
  std::vector<std::string> roles;
  std::string level;
};

/// A bound in days: how long a link for a partner authority lives at most.
struct BorderPeriod : BorderRuleHead {
  std::int64_t days = 0;
};

/// Immutable once loaded.
struct BorderRules {
  std::vector<BorderCheckRule> checks;
  std::vector<CompanionRule> companions;
  std::vector<MixtureRule> mixtures;
  std::vector<LicenceEndRule> licence_ends;
  std::vector<BorderOfficeRule> offices;
  std::vector<BorderPeriod> periods;

  /// The rule that wants a two-way check, or null.
  const BorderCheckRule* check_for(BorderDirection direction, const Substance& substance, Date day) const;
  /// Papers that must go with the licence.
  std::vector<const CompanionRule*> companions_for(BorderDirection direction, const Substance& substance,
                                                   std::string_view country, Date day) const;
  /// False for a mixture that holds no more of the substance than the law frees. `ppm` one million: not a mixture.
  bool needs_licence(const Substance& substance, std::int64_t ppm, Date day) const;
  const LicenceEndRule* licence_end(std::string_view kind, Date day) const;
  /// Throws RuleMissing for an act or period the pack does not have.
  const BorderOfficeRule& office(std::string_view act) const;
  std::int64_t period(std::string_view id) const;
};

/// Reads an embedded file such as "rules/border_cn.json"; throws Fault on a mistake in it.
BorderRules load_border_rules(std::string_view path, const RulePack& pack);

}  // namespace registry
