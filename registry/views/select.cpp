#include "registry/views/select.h"

#include <bit>
#include <stdexcept>

namespace registry {

std::string select_all(const TableSpec& table) {
  std::string out = "SELECT ";
  for (const ColumnSpec& column : table.columns) {
    if (&column != table.columns.data()) out += ", ";
    (out += '"').append(column.name) += '"';
  }
  return out.append(" FROM \"").append(table.name).append("\"");
}

std::string end_of_prefix(std::string_view prefix) { return std::string(prefix) + '\x7f'; }

std::string like_part(std::string_view part) {
  std::string out = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out += '%';
}

std::string Select::placeholder(Value value) {
  values_.push_back(std::move(value));
  return '$' + std::to_string(values_.size());
}

void Select::add(std::string_view piece, std::initializer_list<Value> values) {
  auto value = values.begin();
  for (const char c : piece) {
    if (c != '?') {
      sql_ += c;
      continue;
    }
    ensure(value != values.end(), "a value for each placeholder");
    sql_ += placeholder(*value++);
  }
  ensure(value == values.end(), "a placeholder for each value");
}

Select& Select::where(std::string_view condition, std::initializer_list<Value> values) {
  sql_ += has_where_ ? " AND " : " WHERE ";
  has_where_ = true;
  add(condition, values);
  return *this;
}

Select& Select::where_in(std::string_view column, const std::vector<std::string>& values) {
  ensure(!values.empty(), "at least one value to look for");
  sql_ += has_where_ ? " AND " : " WHERE ";
  has_where_ = true;
  sql_.append(column).append(" IN (");
  for (std::size_t i = 0; i < std::bit_ceil(values.size()); ++i)
    sql_.append(i == 0 ? "" : ", ").append(placeholder(i < values.size() ? values[i] : values.back()));
  sql_ += ')';
  return *this;
}

/// A party that is in the region and of one of the kinds.
void Select::add_party(std::string_view column, const Bounds& bounds) {
  sql_.append(column).append(" IN (SELECT id FROM party WHERE ");
  if (!bounds.region.empty()) add("region >= ? AND region < ?", {bounds.region, end_of_prefix(bounds.region)});
  if (!bounds.region.empty() && !bounds.units.empty()) sql_ += " AND ";
  if (!bounds.units.empty()) sql_ += is_of_kinds("kinds", bounds.units);
  sql_ += ')';
}

Select& Select::where_within(std::initializer_list<std::string_view> columns, const Bounds& bounds, std::string_view id,
                             const Codes& touched) {
  if (bounds.region.empty() && bounds.units.empty()) return *this;
  sql_ += has_where_ ? " AND (" : " WHERE (";
  has_where_ = true;
  bool is_first = true;
  for (const std::string_view column : columns) {
    sql_.append(is_first ? "" : " OR ");
    add_party(column, bounds);
    is_first = false;
  }
  for (const std::string& each : touched) {
    sql_.append(" OR ").append(id);
    add(" = ?", {each});
  }
  sql_ += ')';
  return *this;
}

std::string quoted(const Codes& codes) {
  std::string out;
  for (const std::string& code : codes) ((out += out.empty() ? "'" : ", '") += code) += '\'';
  return out;
}

std::string put_for(std::string_view mark, std::string_view list, std::string_view text) {
  std::string out(text);
  for (auto at = out.find(mark); at != out.npos; at = out.find(mark, at + list.size()))
    out.replace(at, mark.size(), list);
  return out;
}

std::string is_of_kinds(std::string_view kinds, const Codes& units) {
  std::string out;
  for (const std::string& unit : units) {
    out.append(out.empty() ? "(" : " OR ").append("(',' || ").append(kinds);
    out.append(" || ',') LIKE '%,").append(unit).append(",%'");
  }
  return out += ')';
}

Select& Select::where_goods(std::string_view condition, const Bounds& bounds) {
  return bounds.goods ? where(put_for("$goods", quoted(*bounds.goods), condition)) : *this;
}

Select& Select::where_papers(std::string_view condition, const Bounds& bounds) {
  return bounds.papers ? where(put_for("$papers", quoted(*bounds.papers), condition)) : *this;
}

Select& Select::where_set(std::string_view condition, const std::string& value) {
  return value.empty() ? *this : where(condition, {Value(value)});
}

Select& Select::group_by(std::string_view columns) {
  sql_.append(" GROUP BY ").append(columns);
  return *this;
}

std::vector<Row> Select::run(Reader& reader, std::initializer_list<std::string_view> key, Order order,
                             const Page& page) {
  std::string columns, directed;
  for (const std::string_view column : key) {
    columns.append(columns.empty() ? "" : ", ").append(column);
    directed.append(directed.empty() ? "" : ", ").append(column).append(order == Order::up ? "" : " DESC");
  }
  if (!page.after.empty()) {
    if (page.after.size() != key.size()) throw std::invalid_argument("a page key has a value for each column");
    sql_.append(has_where_ ? " AND (" : " WHERE (").append(columns).append(order == Order::up ? ") > (" : ") < (");
    has_where_ = true;
    for (const Value& value : page.after)
      sql_.append(&value == page.after.data() ? "" : ", ").append(placeholder(value));
    sql_ += ')';
  }
  return run(reader, directed, page.limit + 1);
}

std::vector<Row> Select::run(Reader& reader, std::string_view order_by, std::size_t limit) {
  sql_.append(" ORDER BY ").append(order_by).append(" LIMIT ");
  sql_ += placeholder(static_cast<std::int64_t>(limit));
  return reader.query(sql_, values_);
}

}  // namespace registry
