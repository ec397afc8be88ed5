#include "registry/store/sqlite/table_sql.h"

#include "registry/store/dump.h"

namespace registry::sqlite {
namespace {

std::string placeholders(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i ? ",?" : "?";
  return out;
}

std::string where_key(const TableSpec& table) {
  return " WHERE (" + column_list(table, table.key_columns) + ") = (" + placeholders(table.key_columns) + ")";
}

}  // namespace

std::string load_sql(const TableSpec& table) {
  return "SELECT " + column_list(table, table.columns.size()) + " FROM " + quoted(table.name) + where_key(table);
}

std::string upsert_sql(const TableSpec& table) {
  std::string sets;
  // An index is touched as soon as one of its columns is set, changed or not.
  for (const auto& column : table.columns.subspan(table.key_columns)) {
    if (column.fixed) continue;
    if (!sets.empty()) sets += ", ";
    sets += quoted(column.name) + " = excluded." + quoted(column.name);
  }
  return "INSERT INTO " + quoted(table.name) + " (" + column_list(table, table.columns.size()) + ") VALUES (" +
         placeholders(table.columns.size()) + ") ON CONFLICT (" + column_list(table, table.key_columns) +
         ") DO UPDATE SET " + sets;
}

std::string erase_sql(const TableSpec& table) { return "DELETE FROM " + quoted(table.name) + where_key(table); }

}  // namespace registry::sqlite
