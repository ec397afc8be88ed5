#include "registry/views/table_scan.h"

namespace registry {
namespace {

constexpr std::size_t kPage = 1'000;

/// Names come from the table descriptions, never from outside.
std::string join(const TableSpec& table, std::size_t count, bool placeholders) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    if (i) out += ", ";
    if (placeholders)
      out += '$' + std::to_string(i + 1);
    else
      (out += '"') += std::string(table.columns[i].name) + '"';
  }
  return out;
}

}  // namespace

TableScan::TableScan(Reader& reader, const TableSpec& table) : reader_(reader), table_(table) {
  const std::string keys = join(table, table.key_columns, false);
  const std::string select =
      "SELECT " + join(table, table.columns.size(), false) + " FROM \"" + std::string(table.name) + '"';
  const std::string order = " ORDER BY " + keys + " LIMIT " + std::to_string(kPage);
  first_sql_ = select + order;
  next_sql_ = select + " WHERE (" + keys + ") > (" + join(table, table.key_columns, true) + ')' + order;
  load();
}

void TableScan::load() {
  page_ = reader_.query(last_key_.empty() ? first_sql_ : next_sql_, last_key_);
  at_ = 0;
  if (!page_.empty())
    last_key_.assign(page_.back().begin(), page_.back().begin() + static_cast<std::ptrdiff_t>(table_.key_columns));
}

void TableScan::next() {
  if (++at_ >= page_.size() && page_.size() == kPage) load();
}

}  // namespace registry
