#pragma once

#include <string_view>

#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"

namespace registry {

/// The keys of the rows that a stored outcome changes in part; they must be known before it is read.
Result<FactKeys> keys_of_stored(std::string_view outcome_json);

/// Reads a stored outcome back, with the rows it changes taken from `facts`. Refuses (rule "outcome-form") bytes that
/// format_outcome did not write.
Result<Outcome> parse_outcome(std::string_view outcome_json, const WorkingSet& facts);

/// Only the moves of a stored outcome.
Result<std::vector<Move>> parse_moves(std::string_view outcome_json);

}  // namespace registry
