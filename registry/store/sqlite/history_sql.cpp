#include "registry/store/sqlite/history_sql.h"

#include "registry/domain/rows.h"
#include "registry/store/dump.h"

namespace registry::sqlite {
namespace {

constexpr const char* kKnown = "(SELECT known_at FROM temp.moment)";
constexpr const char* kAsOf = "(SELECT as_of FROM temp.moment)";

std::string placeholders(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i ? ",?" : "?";
  return out;
}

std::string key_list(const TableSpec& table) { return column_list(table, table.key_columns); }
std::string all_columns(const TableSpec& table) { return column_list(table, table.columns.size()); }

std::string columns_with_types(const TableSpec& table) {
  std::string out;
  for (const ColumnSpec& column : table.columns)
    out += quoted(column.name) + (column.integer ? " INTEGER NOT NULL, " : " TEXT NOT NULL, ");
  return out;
}

std::string where_key(const TableSpec& table) {
  return " WHERE (" + key_list(table) + ") = (" + placeholders(table.key_columns) + ")";
}

/// An entry that is in sight, by the index and event time that stand in two columns.
std::string in_sight(const std::string& index, const std::string& event, Sight sight) {
  std::string out = index + " <= " + kKnown;
  if (sight == Sight::as_of) out += " AND " + event + " <= " + kAsOf;
  return out;
}

std::string sums_sql(const std::string& from, const std::string& where) {
  return "SELECT account, substance, lot, CAST(SUM(amount) AS INTEGER) AS amount FROM " + from + where +
         " GROUP BY account, substance, lot HAVING SUM(amount) <> 0";
}

/// No later row of the same key is in sight.
std::string none_later(const TableSpec& table) {
  std::string same;
  for (const ColumnSpec& column : table.columns.first(table.key_columns))
    same += "n." + quoted(column.name) + " = v." + quoted(column.name) + " AND ";
  return "NOT EXISTS (SELECT 1 FROM past." + quoted(table.name) + " n WHERE " + same + "n.v_from > v.v_from AND " +
         in_sight("n.v_from", "n.e_from", Sight::as_of) + ")";
}

std::string row_view(const TableSpec& table, Sight sight) {
  const std::string head = "SELECT " + all_columns(table) + " FROM past." + quoted(table.name) + " v WHERE ";
  if (sight == Sight::known_at) return head + in_sight("v_from", "e_from", sight) + " AND v_to > " + kKnown;
  return head + in_sight("v.v_from", "v.e_from", sight) + " AND " + none_later(table);
}

std::string log_view(const std::string& name, Sight sight) {
  return "CREATE TEMP VIEW " + name + " AS SELECT * FROM main." + name + " WHERE " +
         in_sight(name + ".seq", "(SELECT time FROM past.event WHERE past.event.seq = " + name + ".seq)", sight) + ";";
}

}  // namespace

bool is_balance(const TableSpec& table) { return table.name == Table<Balance>::name; }

std::string history_table_sql(const TableSpec& table) {
  const std::string ends = is_balance(table) ? "" : "v_to INTEGER NOT NULL, ";
  return "CREATE TABLE " + quoted(table.name) + " (" + columns_with_types(table) + "v_from INTEGER NOT NULL, " + ends +
         "e_from INTEGER NOT NULL, PRIMARY KEY (" + key_list(table) + ", v_from)) STRICT, WITHOUT ROWID";
}

std::string history_insert_sql(const TableSpec& table) {
  const std::string into = "INSERT INTO " + quoted(table.name) + " (" + all_columns(table) + ", v_from, e_from";
  const std::string values = placeholders(table.columns.size() + 2);
  if (!is_balance(table)) return into + ", v_to) VALUES (" + values + ", " + kForEver + ")";
  // One entry can move the same lot into an account twice.
  return into + ") VALUES (" + values + ") ON CONFLICT DO UPDATE SET amount = amount + excluded.amount";
}

std::string history_end_sql(const TableSpec& table) {
  return "UPDATE " + quoted(table.name) + " SET v_to = ?" + where_key(table) +
         " AND v_from = (SELECT MAX(v_from) FROM " + quoted(table.name) + where_key(table) + ")";
}

std::string history_load_sql(const TableSpec& table) {
  if (is_balance(table)) return sums_sql(quoted(table.name), where_key(table));
  return "SELECT " + all_columns(table) + " FROM " + quoted(table.name) + where_key(table) +
         " ORDER BY v_from DESC LIMIT 1";
}

std::string past_view_sql(const TableSpec& table, Sight sight) {
  const std::string rows = is_balance(table) ? sums_sql("past.balance", " WHERE " + in_sight("v_from", "e_from", sight))
                                             : row_view(table, sight);
  return "CREATE TEMP VIEW " + quoted(table.name) + " AS " + rows + ";";
}

std::string past_log_sql(Sight sight) {
  return log_view("entry", sight) + log_view("entry_list", sight) + log_view("move", sight) +
         "CREATE TEMP VIEW event AS SELECT seq, time FROM past.event WHERE " + in_sight("seq", "time", sight) + ";" +
         "CREATE TEMP VIEW checkpoint AS SELECT * FROM main.checkpoint WHERE size <= 1 + " + kKnown + ";" +
         "CREATE TEMP VIEW tile AS SELECT * FROM main.tile WHERE ((idx + 1) << (8 * (level + 1))) <= 1 + " + kKnown +
         ";";
}

}  // namespace registry::sqlite
