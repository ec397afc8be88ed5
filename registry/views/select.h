#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/base/fault.h"
#include "registry/domain/bounds.h"
#include "registry/domain/table.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

namespace registry {

/// SELECT "a", "b" FROM "table": all columns of a row type, in their order.
std::string select_all(const TableSpec& table);
template <class T>
std::string select_all() {
  return select_all(table_spec<T>());
}

/// The first text after every text that begins with `prefix`; for prefixes of printable ASCII.
std::string end_of_prefix(std::string_view prefix);

/// A pattern of LIKE ... ESCAPE '\' for texts that hold `part`.
std::string like_part(std::string_view part);

/// "'a', 'b'", for codes of the rule pack and kinds that the program knows: nothing from outside.
std::string quoted(const Codes& codes);

/// `text` with `list` in the place of each `mark`.
std::string put_for(std::string_view mark, std::string_view list, std::string_view text);

/// A condition: `kinds`, a column of kinds joined by commas, has one of these.
std::string is_of_kinds(std::string_view kinds, const Codes& units);

/// One SELECT put together from constant pieces. Values are always bound; each ? in a piece becomes the next $n.
class Select {
 public:
  explicit Select(std::string from) : sql_(std::move(from)) {}

  /// All conditions must hold.
  Select& where(std::string_view condition, std::initializer_list<Value> values = {});
  /// One of the values. Their number is rounded up by repeating the last, so that there are few different statements.
  Select& where_in(std::string_view column, const std::vector<std::string>& values);
  /// One of the columns names a party of the region and kind that the bounds have, or `id` is one of `touched`; no
  /// condition where the bounds have neither region nor kind.
  Select& where_within(std::initializer_list<std::string_view> columns, const Bounds& bounds, std::string_view id = {},
                       const Codes& touched = {});
  /// The condition, with the substances of the bounds for each "$goods"; none where the bounds have all.
  Select& where_goods(std::string_view condition, const Bounds& bounds);
  /// As above for kinds of papers and "$papers".
  Select& where_papers(std::string_view condition, const Bounds& bounds);
  /// "column = ?" unless the value is empty: a filter that was not set.
  Select& where_set(std::string_view condition, const std::string& value);

  /// After the last condition.
  Select& group_by(std::string_view columns);

  enum class Order { up, down };
  /// The rows behind the key `page.after` and one more than the page holds, which tells whether there is a next one.
  std::vector<Row> run(Reader& reader, std::initializer_list<std::string_view> key, Order order, const Page& page);
  /// All of them, up to `limit`.
  std::vector<Row> run(Reader& reader, std::string_view order_by, std::size_t limit);

 private:
  void add(std::string_view piece, std::initializer_list<Value> values);
  void add_party(std::string_view column, const Bounds& bounds);
  std::string placeholder(Value value);
  std::string sql_;
  std::vector<Value> values_;
  bool has_where_ = false;
};

/// The row as a value; throws StoreFault corrupt when it is none.
template <class T>
T typed(const Row& row) {
  auto value = from_row<T>(row);
  if (!value) throw StoreFault(StoreError::corrupt, "a row of " + std::string(Table<T>::name) + " cannot be read");
  return std::move(*value);
}

template <class T>
std::vector<T> typed_all(const std::vector<Row>& rows) {
  std::vector<T> out;
  out.reserve(rows.size());
  for (const Row& row : rows) out.push_back(typed<T>(row));
  return out;
}

/// Cuts the extra row off; `key_of` gives the key of the last row that stays.
template <class T, class KeyOf>
PageOf<T> page_of(std::vector<T> rows, const Page& page, KeyOf&& key_of) {
  PageOf<T> out{std::move(rows), {}};
  if (out.rows.size() <= page.limit) return out;
  out.rows.resize(page.limit);
  out.next = key_of(out.rows.back());
  return out;
}

/// One row by its key; nothing when there is none.
template <class T, class... Parts>
std::optional<T> find_row(Reader& reader, std::string_view first, const Parts&... rest) {
  const std::string key = make_key(first, rest...);
  const auto rows = reader.load(table_spec<T>(), {&key, 1});
  return rows.empty() ? std::nullopt : std::optional<T>(typed<T>(rows.front()));
}

}  // namespace registry
