#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/domain/working_set.h"

namespace registry {

/// "<kind>:<subject>", for instance "write-off:permit:GB-1".
std::string obligation_id(std::string_view kind, std::string_view subject);

/// An open end whose rule has the name of its kind.
Obligation make_obligation(std::string_view kind, std::string_view subject, std::string_view party, UtcTime due,
                           std::int64_t opened);

/// Closes it if it is there and open. Needs the Obligation.
void close_obligation(const Facts& facts, const std::string& id, std::int64_t index, Outcome& out);

}  // namespace registry
