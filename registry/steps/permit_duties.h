#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/duties.h"
#include "registry/steps/step.h"

// What a paper brings with it from its issue on: renewal, hand-back, reports; and what ends with it.
namespace registry {

/// Asks for the duties of the holder and of the agency that issues.
void want_permit_duties(const Facts& known, std::string_view holder, std::string_view agency, FactKeys& keys);
/// Opens the duties of a paper that is issued, and closes those that it fulfils: the renewal of the one before it, the
/// filing of production or trade that has begun. A transport paper to another city is told of at the quarter's end.
void open_permit_duties(const Facts& facts, const StepContext& context, const RulePack& rules, const Permit& permit,
                        Outcome& out);
/// Nothing is left to renew of a paper that is closed or taken back. What is to be handed back still is, until its
/// report comes in. Needs want_duties of the holder.
void close_permit_duties(const Facts& facts, const Permit& permit, std::int64_t index, Outcome& out);

/// A paper as somebody applies for it.
struct AskedPaper {
  std::string_view holder, kind, substances;
};
/// Who applies in time has renewed in time, however long the agency takes: fulfils the renewals of papers of that kind
/// whose substances are all asked for again. Needs want_duties of the holder.
void close_renewals(const Facts& facts, const AskedPaper& asked, std::int64_t index, Outcome& out);

/// An act that the law lets begin before its paper is filed for (445-13).
struct FirstAct {
  std::string_view party;
  /// Of the party, joined by commas.
  std::string_view kinds;
  PermitPurpose purpose;
  const Substance& substance;
  Date day;
};
/// Asks for what has_time_to_file looks at.
void want_filing(const RulePack& rules, std::string_view party, PermitPurpose purpose, std::string_view substance,
                 FactKeys& keys);
/// Who begins to produce or trade class 2 or 3 files within 30 days. True while that time runs on the day of the act;
/// the first act opens the duty. False for goods that need the paper from the first day, for a party of another kind
/// than the law has in mind, and after a filing.
bool has_time_to_file(const Facts& facts, const StepContext& context, const RulePack& rules, const FirstAct& act,
                      Outcome& out);

/// The time for such an act has begun and still runs on its day.
bool is_filing(const Facts& facts, const RulePack& rules, const FirstAct& act);

/// Duties that follow an arrival under this paper: the copy goes back to the sender.
void open_arrival_duties(const StepContext& context, const RulePack& rules, const Permit& permit,
                         std::string_view consignment, std::string_view receiver, Outcome& out);

}  // namespace registry
