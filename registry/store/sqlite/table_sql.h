#pragma once

#include <string>

#include "registry/domain/table.h"

namespace registry::sqlite {

// SQL of a read table from its description. Values are bound in column order.

/// All columns of the row whose key columns are bound.
std::string load_sql(const TableSpec& table);
/// Puts a row or takes its place, except that fixed columns of a row that is there stay.
std::string upsert_sql(const TableSpec& table);
/// Removes the row whose key columns are bound.
std::string erase_sql(const TableSpec& table);

}  // namespace registry::sqlite
