#pragma once

#include <string>
#include <vector>

#include "registry/domain/table.h"

// The SQL of the history file. A table of it has the columns of the read table, `v_from` and `v_to` (the log indexes
// between which the row stood so) and `e_from` (the event time of the entry `v_from`). Of balances it keeps each
// change instead of each sum: a sum of changes can be made for any choice of entries, a stored one cannot.
namespace registry::sqlite {

/// `v_to` of the newest row of a key.
inline constexpr const char* kForEver = "9223372036854775807";

bool is_balance(const TableSpec& table);

std::string history_table_sql(const TableSpec& table);

// Placeholders: the columns of the row, v_from, e_from.
std::string history_insert_sql(const TableSpec& table);
/// Ends the newest row: v_to, then the key twice.
std::string history_end_sql(const TableSpec& table);
/// The newest row of a key.
std::string history_load_sql(const TableSpec& table);

/// How far a reading session looks.
enum class Sight { known_at, as_of };

/// A temporary view that takes the place of the read table in a session to which the history is attached as `past`,
/// and which has a table temp.moment (known_at, as_of).
std::string past_view_sql(const TableSpec& table, Sight sight);
/// The same for the tables of the log.
std::string past_log_sql(Sight sight);

}  // namespace registry::sqlite
