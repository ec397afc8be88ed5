#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/rules/pack.h"

// What the rules say once something is amiss: schema/rules/<pack>_losing.json.
namespace registry {

/// How grave a kind of finding is, by the sanction that the law has for it (445-38 to 42).
struct FindingKind {
  std::string kind;
  Severity severity = Severity::medium;
  /// The sanction's article; empty where there is none.
  std::string penalty, confidence;
  Date valid_from, valid_to;
};

/// A step of the criminal scale: from so many thousandths of the lowest amount on.
struct LossGrade {
  std::string id, name_zh, name_en;
  std::int64_t permille = 1000;
  /// Reached only with an aggravating circumstance.
  bool aggravated = false;
  std::string article, confidence;
  Date valid_from, valid_to;
};

/// An authority that must be told of a loss at once.
struct ReportDuty {
  std::string rule;
  /// The obligation that the authority has from then on, and the days for it: 0 is at once.
  std::string obligation;
  int days = 0;
  std::string role, level;
  std::vector<std::string> classes;
  /// "yes" pharmaceutical precursors only, "no" others only, "" both.
  std::string pharma;
  /// Kinds of unit whose loss it is told of; none means any.
  std::vector<std::string> holder_kinds;
  std::string article, confidence;
  Date valid_from, valid_to;
};

/// A point an inspector looks at, and the finding when it is not met.
struct InspectionItem {
  std::string code, finding, name_zh, name_en, article, confidence;
  Date valid_from, valid_to;
};

/// Who may dispose of seized goods (445-33).
struct SeizedRule {
  struct Agency {
    std::string role, level;
  };
  std::vector<Agency> agencies;
  /// Nothing of these may be put to use again.
  std::vector<std::string> destroy_classes;
  std::string destroy_pharma;
  std::string article, confidence;
  Date valid_from, valid_to;
};

class LosingRules {
 public:
  /// Throws Fault naming the mistake in the data.
  static LosingRules load(std::string_view pack);

  std::span<const FindingKind> finding_kinds() const { return kinds_; }
  /// Null where the pack says nothing of this kind.
  const FindingKind* finding_kind(std::string_view kind) const;
  /// `otherwise` for a kind that the pack does not name.
  Severity severity_of(std::string_view kind, Severity otherwise = Severity::medium) const;

  /// Highest first.
  std::span<const LossGrade> grades() const { return grades_; }
  /// The highest step of the criminal scale that an amount reaches, given the lowest criminal amount; null below it.
  const LossGrade* grade_of(std::int64_t threshold, std::int64_t amount, bool aggravated) const;

  std::span<const ReportDuty> report_duties() const { return duties_; }
  /// Whom a unit of these kinds (joined by commas) tells of a loss of the substance on that day.
  std::vector<const ReportDuty*> duties_for(const Substance& substance, std::string_view holder_kinds, Date on) const;

  std::span<const InspectionItem> inspection_items() const { return items_; }
  const InspectionItem* inspection_item(std::string_view code) const;

  const SeizedRule& seized() const { return seized_; }
  bool must_be_destroyed(const Substance& substance) const;

 private:
  std::vector<FindingKind> kinds_;
  std::vector<LossGrade> grades_;
  std::vector<ReportDuty> duties_;
  std::vector<InspectionItem> items_;
  SeizedRule seized_;
};

}  // namespace registry
