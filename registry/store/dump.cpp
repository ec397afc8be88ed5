#include "registry/store/dump.h"

#include "registry/domain/rows.h"

namespace registry {
namespace {

/// Rows read at once.
constexpr std::int64_t kPage = 1'000;

std::string placeholders(std::size_t first, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i ? ", $" : "$") + std::to_string(first + i);
  return out;
}

/// The rows after a key, in order of the key; without one the first rows.
std::string page_sql(const TableSpec& table, bool after_key) {
  const std::string key = column_list(table, table.key_columns);
  std::string sql = "SELECT " + column_list(table, table.columns.size()) + " FROM " + quoted(table.name);
  if (after_key) sql += " WHERE (" + key + ") > (" + placeholders(1, table.key_columns) + ")";
  return sql + " ORDER BY " + key + " LIMIT " + placeholders(after_key ? table.key_columns + 1 : 1, 1);
}

std::string line_of(const Row& row) {
  std::string line;
  for (const Value& value : row) {
    if (!line.empty()) line += ' ';
    if (const auto* number = std::get_if<std::int64_t>(&value))
      line += std::to_string(*number);
    else
      line += std::to_string(std::get<std::string>(value).size()) + ":" + std::get<std::string>(value);
  }
  return line += '\n';
}

template <class... T>
struct Tables {
  static std::vector<const TableSpec*> all() { return {&table_spec<T>()...}; }
};

}  // namespace

std::vector<const TableSpec*> read_tables() { return AllTables<Tables>::all(); }

std::string quoted(std::string_view name) {
  std::string out = "\"";
  return out.append(name).append("\"");
}

std::string column_list(const TableSpec& table, std::size_t count) {
  std::string out;
  for (const auto& column : table.columns.first(count)) {
    if (!out.empty()) out += ", ";
    out += quoted(column.name);
  }
  return out;
}

void dump_table(Reader& reader, const TableSpec& table, const DumpSink& sink) {
  sink(quoted(table.name) + ": " + column_list(table, table.columns.size()) + "\n");
  auto rows = reader.query(page_sql(table, false), {kPage});
  while (!rows.empty()) {
    for (const Row& row : rows) sink(line_of(row));
    if (rows.size() < static_cast<std::size_t>(kPage)) return;
    Row after = std::move(rows.back());
    after.resize(table.key_columns);
    after.emplace_back(kPage);
    rows = reader.query(page_sql(table, true), after);
  }
}

void dump_tables(Reader& reader, const DumpSink& sink) {
  for (const TableSpec* table : read_tables()) dump_table(reader, *table, sink);
}

}  // namespace registry
