#pragma once

#include <nlohmann/json_fwd.hpp>
#include <utility>
#include <vector>

namespace tools {

/// Head of a column and the member that fills it.
using Columns = std::vector<std::pair<const char*, const char*>>;

/// Prints the rows of a list as a table on standard output.
void print_rows(const nlohmann::json& rows, const Columns& columns);

/// Prints those members of one row that say something, one a line.
void print_members(const nlohmann::json& row, const Columns& members);

}  // namespace tools
