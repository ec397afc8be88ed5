#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/rules/escalation.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// What is still to be done, and what did not fit. Empty members of a filter do not filter.
namespace registry {

/// `overdue` is a matter of the clock and part of `open`.
enum class DutyState { open, overdue, closed };
template <>
struct EnumNames<DutyState> {
  static constexpr std::string_view names[] = {"open", "overdue", "closed"};
};

struct ObligationFilter {
  std::string party, kind;
  DutyState state = DutyState::open;
  /// The first digits of the region of the party; of those on nobody by name, of where it is to be done.
  std::string region;
  /// Only what has come up to somebody's step of the ladder (sights_of); not set: all.
  std::optional<std::vector<Sight>> sights;
};

/// What is due first comes first; of closed ones the one that was closed last.
PageOf<Obligation> list_obligations(Reader& reader, const ObligationFilter& filter, UtcTime now, const Page& page);

struct FindingFilter {
  std::string party, kind;
  std::string substance, lot, subject, case_no;
  std::optional<FindingState> state;
  std::optional<Severity> severity;
  /// The first digits of the region of the party.
  std::string region;
  /// A party that it is about, or that has a part in the consignment it is about.
  std::string concerning;
};

/// The newest first.
PageOf<Finding> list_findings(Reader& reader, const FindingFilter& filter, const Page& page);

/// What was said about a finding, in order.
std::vector<FindingNote> finding_notes(Reader& reader, std::string_view finding);

/// How many findings stand where, and how much of each substance is missing by all of them together. Goods that two
/// findings are about are counted once: what one has passed on is settled in it.
struct FindingCount {
  FindingState state = FindingState::open;
  Severity severity = Severity::low;
  std::int64_t count = 0;
};
struct MissingSum {
  std::string substance;
  /// In findings that are not closed, and in those that ended without the goods.
  std::int64_t open = 0, lost = 0;
};
struct CaseBoard {
  std::vector<FindingCount> counts;
  std::vector<MissingSum> missing;
};
CaseBoard case_board(Reader& reader, const FindingFilter& filter, const Bounds& within = {});

}  // namespace registry
