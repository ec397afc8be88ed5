#include "registry/domain/fold.h"

#include <nlohmann/json.hpp>
#include <variant>

#include "crypto/json.h"

namespace registry {
namespace {

using Json = nlohmann::json;

Refusal bad_form(std::string detail) { return refuse("outcome-form").with("detail", std::move(detail)); }

/// Outcomes are larger and deeper than payloads in nothing but their length.
Result<Json> read(std::string_view outcome_json) {
  auto read = crypto::read_canonical(outcome_json, {.bytes_max = std::size_t{16} << 20});
  if (auto* error = std::get_if<crypto::JsonError>(&read)) return bad_form(error->code + " at " + error->pointer);
  Json& json = std::get<Json>(read);
  if (!json.is_object()) return bad_form("not an object");
  for (const auto& [name, value] : json.items())
    if (name != "moves" && name != "put" && name != "set" && name != "reveal" && name != "salt")
      return bad_form("member " + name);
  return std::move(json);
}

std::optional<Value> to_value(const Json& json) {
  if (json.is_string()) return Value(json.get<std::string>());
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  return {};
}

bool read_member(const Json& object, const char* name, std::string& out) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_string()) return false;
  out = at->get<std::string>();
  return true;
}

Result<Move> read_move(const Json& json) {
  Move m;
  const auto amount = json.is_object() ? json.find("amount") : json.end();
  if (!json.is_object() || json.size() != 5 || !read_member(json, "from", m.from) || !read_member(json, "to", m.to) ||
      !read_member(json, "lot", m.lot) || !read_member(json, "substance", m.substance) || amount == json.end() ||
      !amount->is_number_integer())
    return bad_form("move");
  m.amount = amount->get<std::int64_t>();
  if (m.amount <= 0) return bad_form("move amount");
  return m;
}

Result<std::vector<Move>> read_moves(const Json& outcome) {
  std::vector<Move> moves;
  const auto at = outcome.find("moves");
  if (at == outcome.end()) return moves;
  for (const Json& json : *at) moves.push_back(TRY(read_move(json)));
  return moves;
}

/// Overwrites the columns that `json` names; false for an unknown column or a wrong kind of value.
template <class T>
bool read_columns(const Json& json, T& row) {
  std::size_t known = 0;
  bool good = true;
  each_column<T>([&](const auto& c) {
    const auto at = json.find(c.name);
    if (at == json.end()) return;
    ++known;
    const auto value = to_value(*at);
    good = value && from_value(*value, row.*(c.member)) && good;
  });
  return good && known == json.size();
}

/// The rows of one table under "put" or "set"; none when it is not there.
const Json& rows_of(const Json& outcome, const char* section, std::string_view table) {
  static const Json none = Json::array();
  const auto at = outcome.find(section);
  if (at == outcome.end()) return none;
  const auto rows = at->find(table);
  return rows == at->end() ? none : *rows;
}

template <class T>
Check read_puts(const Json& outcome, std::vector<Change<T>>& list) {
  for (const Json& json : rows_of(outcome, "put", Table<T>::name)) {
    T row{};
    if (!read_columns(json, row)) return bad_form("put " + std::string(Table<T>::name));
    list.push_back({std::nullopt, std::move(row)});
  }
  return Accepted{};
}

template <class T>
Check read_sets(const Json& outcome, const WorkingSet& facts, std::vector<Change<T>>& list) {
  for (const Json& json : rows_of(outcome, "set", Table<T>::name)) {
    T key_only{};
    if (!read_columns(json, key_only)) return bad_form("set " + std::string(Table<T>::name));
    const T* before = facts.find_key<T>(key_of(key_only));
    if (!before) return bad_form("set of an absent row of " + std::string(Table<T>::name));
    T after = *before;
    read_columns(json, after);
    list.push_back({*before, std::move(after)});
  }
  return Accepted{};
}

template <class T>
Check want_sets(const Json& outcome, FactKeys& keys) {
  for (const Json& json : rows_of(outcome, "set", Table<T>::name)) {
    T row{};
    if (!read_columns(json, row)) return bad_form("set " + std::string(Table<T>::name));
    keys.want_key<T>(key_of(row));
  }
  return Accepted{};
}

/// Runs `f` for every table until one refuses.
template <class... T>
struct EveryTable {
  template <class F>
  static Check check(F&& f) {
    Check result = Accepted{};
    ((result ? void(result = f(static_cast<const T*>(nullptr))) : void()), ...);
    return result;
  }
};

/// Section members that name no table would be lost silently.
Check check_tables(const Json& outcome) {
  for (const char* section : {"put", "set"}) {
    const auto at = outcome.find(section);
    if (at == outcome.end()) continue;
    if (!at->is_object()) return bad_form(section);
    for (const auto& item : at->items()) {
      const std::string& name = item.key();
      const Json& rows = item.value();
      bool known = false;
      TRY(AllTables<EveryTable>::check([&]<class T>(const T*) -> Check {
        known = known || name == Table<T>::name;
        return Accepted{};
      }));
      if (!known || !rows.is_array()) return bad_form("table " + name);
    }
  }
  return Accepted{};
}

}  // namespace

Result<FactKeys> keys_of_stored(std::string_view outcome_json) {
  const Json json = TRY(read(outcome_json));
  TRY(check_tables(json));
  FactKeys keys;
  TRY(AllTables<EveryTable>::check([&]<class T>(const T*) { return want_sets<T>(json, keys); }));
  for (const Move& m : TRY(read_moves(json))) {
    keys.want<Balance>(m.from, m.substance, m.lot);
    keys.want<Balance>(m.to, m.substance, m.lot);
  }
  return keys;
}

Result<Outcome> parse_outcome(std::string_view outcome_json, const WorkingSet& facts) {
  const Json json = TRY(read(outcome_json));
  TRY(check_tables(json));
  Outcome out;
  out.moves = TRY(read_moves(json));
  TRY(AllTables<EveryTable>::check([&]<class T>(const T*) -> Check {
    TRY(read_puts(json, out.changes<T>()));
    return read_sets(json, facts, out.changes<T>());
  }));
  return out;
}

Result<std::vector<Move>> parse_moves(std::string_view outcome_json) { return read_moves(TRY(read(outcome_json))); }

}  // namespace registry
