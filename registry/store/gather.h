#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "registry/domain/working_set.h"
#include "registry/store/store.h"

namespace registry {

/// Loads the wanted rows that the working set does not know yet, one query a table. True if there were any.
bool gather(Reader& reader, WorkingSet& facts, FactKeys keys);

/// As Reader::load.
using LoadRows = std::function<std::vector<Row>(const TableSpec& table, std::span<const std::string> keys)>;

/// The same for rows alone, from anywhere.
bool gather_rows(const LoadRows& load, WorkingSet& facts, FactKeys keys);

}  // namespace registry
