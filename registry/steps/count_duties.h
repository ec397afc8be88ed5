#pragma once

#include <string_view>
#include <vector>

#include "registry/steps/step.h"

namespace registry {

/// Asks for what a count of the site may fulfil.
void want_count_duties(const Facts& known, std::string_view party, std::string_view site, FactKeys& keys);
/// A count closes the monthly duty of its site when it names every lot there that the duty is for, and the demands of
/// agencies when it names every lot. `lots` are the ids it names.
void close_count_duties(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view site,
                        const std::vector<std::string_view>& lots, Date counted_on, Outcome& out);
/// The attendance at a destruction that the witness was asked for. Needs want_duties of the witness.
void close_attendance(const Facts& facts, const StepContext& context, std::string_view witness, std::string_view site,
                      Outcome& out);

}  // namespace registry
