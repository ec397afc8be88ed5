#include "registry/domain/outcome.h"

#include <nlohmann/json.hpp>

#include "crypto/digest.h"
#include "crypto/json.h"

namespace registry {
namespace {

using Json = nlohmann::json;

Json to_json(const Value& value) {
  return std::visit([](const auto& v) { return Json(v); }, value);
}

Json to_json(const Move& m) {
  return {{"amount", m.amount}, {"from", m.from}, {"lot", m.lot}, {"substance", m.substance}, {"to", m.to}};
}

/// The key and every column that is not at its default.
template <class T>
Json whole_row(const T& row) {
  static const T defaults{};
  Json out = Json::object();
  std::size_t i = 0;
  each_column<T>([&](const auto& c) {
    const bool is_key = i++ < Table<T>::key_columns;
    if (is_key || to_value(row.*(c.member)) != to_value(defaults.*(c.member)))
      out[std::string(c.name)] = to_json(to_value(row.*(c.member)));
  });
  return out;
}

/// The key and every column that changed.
template <class T>
Json changed_columns(const T& before, const T& after) {
  Json out = Json::object();
  std::size_t i = 0;
  each_column<T>([&](const auto& c) {
    const bool is_key = i++ < Table<T>::key_columns;
    if (is_key || to_value(before.*(c.member)) != to_value(after.*(c.member)))
      out[std::string(c.name)] = to_json(to_value(after.*(c.member)));
  });
  return out;
}

template <class T>
void add_changes(const std::vector<Change<T>>& list, Json& put, Json& set) {
  for (const auto& change : list) {
    const std::string table(Table<T>::name);
    if (change.before)
      set[table].push_back(changed_columns(*change.before, change.after));
    else
      put[table].push_back(whole_row(change.after));
  }
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
  Json out = Json::object();
  for (const Move& m : outcome.moves) out["moves"].push_back(to_json(m));
  for (const RevealLine& r : outcome.reveal)
    out["reveal"].push_back({{"counted", r.counted}, {"lot", r.lot}, {"shipped", r.shipped}});
  if (!outcome.salt.empty()) out["salt"] = outcome.salt;
  Json put = Json::object(), set = Json::object();
  outcome.each_list([&](const auto& list) { add_changes(list, put, set); });
  if (!put.empty()) out["put"] = std::move(put);
  if (!set.empty()) out["set"] = std::move(set);
  return crypto::to_jcs(out);
}

}  // namespace registry
