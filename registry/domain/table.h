#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "registry/domain/value.h"

namespace registry {

// A read table is described once, beside its struct. From the description come its SQL, its form in outcomes, and its
// place in the working set, so they cannot part.

template <class T, class M>
struct Column {
  std::string_view name;
  M T::*member;
};

template <class T, class M>
constexpr Column<T, M> column(std::string_view name, M T::*member) {
  return {name, member};
}

template <std::size_t I, class C>
struct ColumnAt {
  C column;
};
template <class Places, class... C>
struct ColumnPack;
/// The columns of a table in order; what a tuple would be, at a fifth of its price to the compiler.
template <std::size_t... I, class... C>
struct ColumnPack<std::index_sequence<I...>, C...> : ColumnAt<I, C>... {
  static constexpr std::size_t size = sizeof...(C);
  constexpr explicit ColumnPack(C... c) : ColumnAt<I, C>{c}... {}
  template <class F>
  constexpr void each(F&& f) const {
    (f(ColumnAt<I, C>::column), ...);
  }
};
template <class... C>
constexpr auto columns_of(C... c) {
  return ColumnPack<std::index_sequence_for<C...>, C...>(c...);
}
template <std::size_t I, class C>
constexpr const C& column_at(const ColumnAt<I, C>& at) {
  return at.column;
}

/// Specialised for each row type: `name`, `key_columns` (the first n columns are the key, and text), `columns`
/// (columns_of), and, where it helps a store, `fixed` (names of columns that never change once the row is there) and
/// `listed` (which rows a list of facts holds, a condition of SQL; else all).
template <class T>
struct Table;

template <class T>
constexpr bool is_fixed_column(std::string_view column) {
  if constexpr (requires { Table<T>::fixed; })
    for (const std::string_view name : Table<T>::fixed)
      if (name == column) return true;
  return false;
}

/// The same at run time, for a store.
struct ColumnSpec {
  std::string_view name;
  bool integer;
  /// Never changes once the row is there: a store need not touch its indexes again.
  bool fixed;
};
struct TableSpec {
  std::string_view name;
  std::size_t key_columns;
  std::span<const ColumnSpec> columns;
};

/// Separates the parts of a key; it cannot occur in an identifier.
inline constexpr char kKeySeparator = '\x1f';

template <class... Parts>
std::string make_key(std::string_view first, const Parts&... rest) {
  std::string key(first);
  ((key += kKeySeparator, key += std::string_view(rest)), ...);
  return key;
}

/// The parts of a key, as many as the table has key columns.
std::vector<std::string> split_key(std::string_view key);

namespace detail {
template <class M>
inline constexpr bool kIsInteger = std::is_same_v<M, std::int64_t> || std::is_same_v<M, UtcTime>;

template <class T, std::size_t... I>
constexpr auto column_specs(std::index_sequence<I...>) {
  return std::array<ColumnSpec, sizeof...(I)>{
      ColumnSpec{column_at<I>(Table<T>::columns).name,
                 kIsInteger<std::remove_cvref_t<decltype(std::declval<T>().*(column_at<I>(Table<T>::columns).member))>>,
                 is_fixed_column<T>(column_at<I>(Table<T>::columns).name)}...};
}

template <class T>
inline constexpr auto kColumnSpecs =
    column_specs<T>(std::make_index_sequence<std::remove_cvref_t<decltype(Table<T>::columns)>::size>());
}  // namespace detail

template <class T>
const TableSpec& table_spec() {
  static const TableSpec spec{Table<T>::name, Table<T>::key_columns, detail::kColumnSpecs<T>};
  return spec;
}

/// Calls f(column) for every column in order.
template <class T, class F>
void each_column(F&& f) {
  Table<T>::columns.each(std::forward<F>(f));
}

template <class T>
Row to_row(const T& row) {
  Row out;
  out.reserve(detail::kColumnSpecs<T>.size());
  each_column<T>([&](const auto& c) { out.push_back(to_value(row.*(c.member))); });
  return out;
}

/// The row, or nothing when a value has another kind than its column.
template <class T>
std::optional<T> from_row(const Row& values) {
  if (values.size() != detail::kColumnSpecs<T>.size()) return {};
  T row;
  std::size_t i = 0;
  bool good = true;
  each_column<T>([&](const auto& c) { good = from_value(values[i++], row.*(c.member)) && good; });
  return good ? std::optional<T>(std::move(row)) : std::nullopt;
}

template <class T>
std::string key_of(const T& row) {
  std::string key;
  std::size_t i = 0;
  each_column<T>([&](const auto& c) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(row.*(c.member))>, std::string>) {
      if (i < Table<T>::key_columns) {
        if (i) key += kKeySeparator;
        key += row.*(c.member);
      }
    }
    ++i;
  });
  return key;
}

}  // namespace registry
