#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/pack.h"

// Who owes what, to whom, and who hears of it when it is not done: schema/rules/duties.json.
namespace registry {

/// Whom a row of duties is written for.
struct Scope {
  std::vector<std::string> party_kinds, permit_kinds, classes, substances;
  /// "yes" pharmaceutical precursors only, "no" others only, "" both.
  std::string pharma;
  /// True if it names classes or substances, and all that it names fit.
  bool takes_in(const Substance& substance) const;
  bool names_permit(std::string_view kind) const;
};

/// What a party owes for each period, from the first act that shows it to be in that business: its verification as a
/// unit of such a kind, such a permit, or such goods.
struct RecurringRule {
  /// Of the obligation.
  std::string kind;
  std::string deadline;
  Scope scope;
  /// Agencies that owe it, by role and level: "DA C".
  std::vector<std::string> agencies;
  /// For each site that holds such goods, not once for the party.
  bool per_site = false;
  Period period = Period::none;
};

/// What a permit opens the day it is issued, counted from its last day (renewal, hand-back), or at an arrival under it;
/// or what its issuer has to do, counted from the issue.
struct PermitDuty {
  std::string kind;
  Scope scope;
  std::string deadline;
  bool from_arrival = false, of_issuer = false;
};

/// Who begins an act of `purpose` with such goods files for the paper within the deadline, and has that long to do so
/// without it.
struct FilingTime {
  std::string kind;
  PermitPurpose purpose = PermitPurpose::produce;
  Scope scope;
  std::string deadline;
};

/// The agency that issues such a paper to another city tells it at the end of each period.
struct FeedbackRule {
  std::string kind;
  Scope scope;
  std::string deadline;
  Period period = Period::none;
};

/// What a report is about.
enum class ReportSubject { period, permit, sale, consignment, site, free };

/// Which deadline a report has that no obligation announced: the clock runs from the day of the event that it tells.
struct ReportClock {
  Scope scope;
  std::string deadline;
};

struct ReportKind {
  std::string code, name_zh, name_en;
  ReportSubject subject = ReportSubject::period;
  /// unit or agency; empty for both.
  std::string by;
  /// It names the agency it goes to.
  bool to_agency = false;
  /// Kind of the obligation it closes, and of the one it opens on the agency it goes to; empty for none.
  std::string closes, opens;
  /// It answers a report of another party, which it names.
  bool answers = false;
  /// The first that fits counts.
  std::vector<ReportClock> clocks;
  /// How grave a late one is.
  Severity late = Severity::medium;
};

/// From `from_days` after the due moment on (before it when below zero) an obligation counts as `severity`, and these
/// see it: officer, responsible-person, county, city, province.
struct EscalationStep {
  std::string stage;
  int from_days = 0;
  Severity severity = Severity::low;
  std::vector<std::string> seen_by;
};
struct EscalationLadder {
  /// Kinds of obligation; none for all.
  std::vector<std::string> kinds;
  /// Earliest first.
  std::vector<EscalationStep> steps;
};

struct Duties {
  std::vector<RecurringRule> recurring;
  std::vector<PermitDuty> permits;
  std::vector<FilingTime> filings;
  std::vector<FeedbackRule> feedback;
  std::vector<ReportKind> reports;
  std::vector<EscalationLadder> ladders;

  const ReportKind* report(std::string_view code) const;
  /// Null where the paper is needed from the first day.
  const FilingTime* filing(PermitPurpose purpose, const Substance& substance) const;
  /// The first that fits; null in a pack without ladders.
  const EscalationLadder* ladder(std::string_view kind) const;
};

}  // namespace registry
