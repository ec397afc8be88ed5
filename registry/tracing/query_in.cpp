#include "registry/tracing/query_in.h"

#include <algorithm>
#include <bit>
#include <string>

namespace registry {
namespace {

constexpr std::size_t kPortion = 256;

void append_list(std::string& sql, std::vector<Value>& bound, const Value* first, std::size_t count) {
  // Few different lengths, so few different statements.
  for (std::size_t i = 0; i < std::bit_ceil(count); ++i) {
    bound.push_back(first[std::min(i, count - 1)]);
    sql.append(i == 0 ? "$" : ", $").append(std::to_string(bound.size()));
  }
}

void append_tail(std::string& sql, std::vector<Value>& bound, std::string_view tail,
                 std::initializer_list<Value> more) {
  auto value = more.begin();
  for (const char c : tail) {
    if (c != '?') {
      sql += c;
      continue;
    }
    ensure(value != more.end(), "a value for each placeholder");
    bound.push_back(*value++);
    sql.append("$").append(std::to_string(bound.size()));
  }
}

}  // namespace

std::vector<Row> query_in(Reader& reader, std::string_view head, const std::vector<Value>& values,
                          std::string_view tail, std::initializer_list<Value> more) {
  std::vector<Row> out;
  for (std::size_t first = 0; first < values.size(); first += kPortion) {
    std::string sql(head);
    std::vector<Value> bound;
    sql += " IN (";
    append_list(sql, bound, &values[first], std::min(kPortion, values.size() - first));
    append_tail(sql += ") ", bound, tail, more);
    for (Row& row : reader.query(sql, bound)) out.push_back(std::move(row));
  }
  return out;
}

std::int64_t integer_of(const Value& value) { return std::get<std::int64_t>(value); }
const std::string& text_of(const Value& value) { return std::get<std::string>(value); }

}  // namespace registry
