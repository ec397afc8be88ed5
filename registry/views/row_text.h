#pragma once

#include <string>

#include "registry/domain/table.h"

namespace registry {

/// The key of a row, as make_key writes it.
std::string row_key(const TableSpec& table, const Row& row);
/// The row as a canonical JSON object, all columns.
std::string row_text(const TableSpec& table, const Row& row);
/// Below zero, zero or above zero as a's key is before, equal to or after b's, by bytes.
int compare_keys(const TableSpec& table, const Row& a, const Row& b);

}  // namespace registry
