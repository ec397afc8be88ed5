#include "registry/domain/outcome.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "crypto/digest.h"
#include "crypto/json.h"

// The canonical form is printed directly: members and columns are written in their sorted order, so no document has to
// be built and sorted first. Every accepted entry passes here on the one thread that writes.

namespace registry {
namespace {

void append(std::string& out, std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}
void append(std::string& out, const std::string& text) { crypto::append_jcs_string(out, text); }
void append(std::string& out, Date date) { crypto::append_jcs_string(out, date.str()); }
void append(std::string& out, UtcTime time) { append(out, time.ms); }
template <NamedEnum E>
void append(std::string& out, E value) {
  crypto::append_jcs_string(out, name_of(value));
}

/// "name": with the comma that belongs before it.
void append_name(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  ((out += '"') += name) += "\":";
}

/// One column of T for printing.
template <class T>
struct Printed {
  std::string_view name;
  bool key;
  bool (*same)(const T&, const T&);
  void (*print)(std::string&, const T&);
};

template <class T, std::size_t I>
constexpr Printed<T> printed() {
  constexpr auto member = column_at<I>(Table<T>::columns).member;
  return {column_at<I>(Table<T>::columns).name, I < Table<T>::key_columns,
          [](const T& a, const T& b) { return a.*member == b.*member; },
          [](std::string& out, const T& row) { append(out, row.*member); }};
}

/// The columns of T sorted by name.
template <class T>
const auto& printed_columns() {
  static const auto columns = []<std::size_t... I>(std::index_sequence<I...>) {
    std::array<Printed<T>, sizeof...(I)> all{printed<T, I>()...};
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
  }
  (std::make_index_sequence<std::remove_cvref_t<decltype(Table<T>::columns)>::size>());
  return columns;
}

/// The key and every column in which `row` is not as `base`.
template <class T>
void append_row(std::string& out, const T& base, const T& row) {
  out += '{';
  for (const Printed<T>& column : printed_columns<T>()) {
    if (!column.key && column.same(base, row)) continue;
    append_name(out, column.name);
    column.print(out, row);
  }
  out += '}';
}

/// "table":[rows] for the changes of one table that are puts, or for those that are sets.
template <class T>
void append_changes(std::string& out, const std::vector<Change<T>>& list, bool puts) {
  static const T defaults{};
  bool any = false;
  for (const Change<T>& change : list) {
    if (change.before.has_value() == puts) continue;
    if (!any) append_name(out, Table<T>::name);
    out += any ? ',' : '[';
    any = true;
    append_row(out, change.before ? *change.before : defaults, change.after);
  }
  if (any) out += ']';
}

/// Prints the changes of one table.
using ListPrinter = void (*)(std::string&, const Outcome&, bool puts);

template <class... T>
struct Printers {
  /// Of all tables, sorted by table name.
  static const auto& sorted() {
    static const auto printers = [] {
      std::array<std::pair<std::string_view, ListPrinter>, sizeof...(T)> all{std::pair<std::string_view, ListPrinter>{
          Table<T>::name, [](std::string& out, const Outcome& outcome, bool puts) {
            append_changes<T>(out, outcome.changes<T>(), puts);
          }}...};
      std::sort(all.begin(), all.end());
      return all;
    }();
    return printers;
  }
};

/// "put":{…} or "set":{…}; nothing when no table has such a change.
void append_section(std::string& out, const Outcome& outcome, bool puts) {
  const std::size_t start = out.size();
  append_name(out, puts ? "put" : "set");
  out += '{';
  const std::size_t empty = out.size();
  for (const auto& [table, print] : AllTables<Printers>::sorted()) print(out, outcome, puts);
  if (out.size() == empty)
    out.resize(start);
  else
    out += '}';
}

void append_move(std::string& out, const Move& m) {
  append(out += "{\"amount\":", m.amount);
  append(out += ",\"from\":", m.from);
  append(out += ",\"lot\":", m.lot);
  append(out += ",\"substance\":", m.substance);
  append(out += ",\"to\":", m.to);
  out += '}';
}

void append_reveal(std::string& out, const RevealLine& r) {
  append(out += "{\"counted\":", r.counted);
  append(out += ",\"lot\":", r.lot);
  append(out += ",\"shipped\":", r.shipped);
  out += '}';
}

template <class T>
void append_list(std::string& out, std::string_view name, const std::vector<T>& list,
                 void (*print)(std::string&, const T&)) {
  if (list.empty()) return;
  append_name(out, name);
  for (std::size_t i = 0; i < list.size(); ++i) {
    out += i ? ',' : '[';
    print(out, list[i]);
  }
  out += ']';
}

}  // namespace

void Outcome::move(std::string_view substance, std::string_view lot, std::string_view from, std::string_view to,
                   std::int64_t amount) {
  ensure(amount >= 0, "a move goes forwards");
  if (amount > 0)
    moves.push_back({std::string(substance), std::string(lot), std::string(from), std::string(to), amount});
}

std::string outcome_salt(std::string_view payload) {
  using std::string_view_literals::operator""sv;
  return crypto::hash(crypto::HashAlg::sha256, {"ledger.outcome/v1\0"sv, payload}).hex();
}

std::string format_outcome(const Outcome& outcome) {
  std::string out;
  out.reserve(1024);
  out += '{';
  append_list(out, "moves", outcome.moves, append_move);
  append_section(out, outcome, true);
  append_list(out, "reveal", outcome.reveal, append_reveal);
  if (!outcome.salt.empty()) {
    append_name(out, "salt");
    append(out, outcome.salt);
  }
  append_section(out, outcome, false);
  out += '}';
  return out;
}

}  // namespace registry
