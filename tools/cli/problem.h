#pragma once

#include <iosfwd>

#include "tools/client/server_link.h"

namespace tools {

/// Prints a refusal for people: what is wrong in Chinese and English, its rule and article, each bad field, and what
/// to do.
void print_problem(const Answer& answer, std::ostream& out);

}  // namespace tools
