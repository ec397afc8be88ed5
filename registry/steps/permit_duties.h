#pragma once

#include <string_view>

#include "registry/steps/step.h"

// What a paper brings with it from its issue on: renewal, hand-back, reports; and what ends with it.
namespace registry {

/// Asks for the duties of the holder and of the agency that issues.
void want_permit_duties(const Facts& known, std::string_view holder, std::string_view agency, FactKeys& keys);
/// Opens the duties of a paper that is issued, and closes those that it fulfils: the renewal of the one before it, the
/// filing of production or trade that has begun. A transport paper to another city is told of at the quarter's end.
void open_permit_duties(const Facts& facts, const StepContext& context, const RulePack& rules, const Permit& permit,
                        Outcome& out);
/// Nothing is left to renew or hand back of a paper that is closed. Needs want_permit_duties.
void close_permit_duties(const Facts& facts, const Permit& permit, std::int64_t index, Outcome& out);

/// 445-13: who begins to produce class 2 or 3 files within 30 days. True while that time runs on the day of the act;
/// the first act opens the duty. False for goods that need the paper from the first day, and after a filing.
bool has_time_to_file(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view party,
                      const Substance& substance, Date day, Outcome& out);

/// Duties that follow an arrival under this paper: the copy goes back to the sender.
void open_arrival_duties(const StepContext& context, const RulePack& rules, const Permit& permit,
                         std::string_view consignment, std::string_view receiver, Outcome& out);

}  // namespace registry
