#include "tools/cli/rows.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/cli/fetch.h"
#include "tools/cli/table.h"

namespace tools {

using Json = nlohmann::json;

void print_rows(const Json& rows, const Columns& columns) {
  std::vector<std::string> heads;
  for (const auto& column : columns) heads.emplace_back(column.first);
  Table table(std::move(heads));
  for (const Json& row : rows) {
    std::vector<std::string> cells;
    for (const auto& column : columns) cells.push_back(cell(row, column.second));
    table.add(std::move(cells));
  }
  if (rows.empty())
    std::cout << "nothing 无\n";
  else
    table.print(std::cout);
}

void print_members(const Json& row, const Columns& members) {
  for (const auto& [label, member] : members)
    if (const std::string text = cell(row, member); !text.empty())
      std::cout << label << std::string(18 - std::min<std::size_t>(17, display_width(label)), ' ') << text << '\n';
}

}  // namespace tools
