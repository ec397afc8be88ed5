#include "registry/log/outcome_facts.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "crypto/encoding.h"
#include "crypto/json.h"

namespace registry {
namespace {

using crypto::Json;

/// An outcome is ours and may be larger than any payload; it is bounded by the rows one step can touch.
constexpr std::size_t kOutcomeBytesMax = std::size_t{16} << 20;
constexpr std::string_view kActive = "active";

Refusal bad_outcome(std::string pointer, std::string code, std::string detail = {}) {
  return refuse("outcome-form").at(std::move(pointer), std::move(code), std::move(detail));
}

/// The text of a member, empty where it is absent or no text.
std::string text_of(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

/// The array under /table/name, null where there is none.
const Json* rows_of(const Json& outcome, std::string_view table, std::string_view name) {
  const auto tables = outcome.find(table);
  if (tables == outcome.end() || !tables->is_object()) return nullptr;
  const auto rows = tables->find(name);
  return rows == tables->end() || !rows->is_array() ? nullptr : &*rows;
}

std::optional<ReplayMove> read_move(const Json& json) {
  const auto amount = json.is_object() ? json.find("amount") : json.end();
  if (amount == json.end() || !amount->is_number_integer()) return {};
  ReplayMove move{text_of(json, "substance"), text_of(json, "lot"), amount->get<std::int64_t>(), text_of(json, "from"),
                  text_of(json, "to")};
  if (move.substance.empty() || move.from.empty() || move.to.empty()) return {};
  return move;
}

std::optional<KeyChange> read_enrolled(const Json& row) {
  const auto suite = crypto::parse_suite(text_of(row, "suite"));
  const auto spki = crypto::parse_base64(text_of(row, "spki"));
  if (!suite || !spki) return {};
  auto key = crypto::PublicKey::parse_spki(*suite, *spki);
  if (!key || key->id().hex() != text_of(row, "id")) return {};
  const auto state = text_of(row, "state");
  return KeyChange{key->id(), key, text_of(row, "party"), state.empty() || state == kActive};
}

/// A change that leaves the state alone is no change here.
Check read_set(const Json& rows, std::vector<KeyChange>& into) {
  for (const auto& row : rows) {
    const auto id = row.is_object() ? crypto::Digest::parse_hex(text_of(row, "id")) : std::nullopt;
    if (!id) return bad_outcome("/set/key", "bad_key");
    if (row.contains("state")) into.push_back({*id, {}, {}, text_of(row, "state") == kActive});
  }
  return Accepted{};
}

Check read_put(const Json& rows, std::vector<KeyChange>& into) {
  for (const auto& row : rows) {
    auto change = row.is_object() ? read_enrolled(row) : std::nullopt;
    if (!change) return bad_outcome("/put/key", "bad_key", "no key of its suite, or its id is another's");
    into.push_back(std::move(*change));
  }
  return Accepted{};
}

Check read_moves(const Json& outcome, std::vector<ReplayMove>& into) {
  const auto moves = outcome.find("moves");
  if (moves == outcome.end()) return Accepted{};
  if (!moves->is_array()) return bad_outcome("/moves", "wrong_type");
  for (const auto& json : *moves) {
    auto move = read_move(json);
    if (!move) return bad_outcome("/moves/" + std::to_string(into.size()), "bad_move");
    into.push_back(std::move(*move));
  }
  return Accepted{};
}

}  // namespace

Result<OutcomeFacts> parse_outcome_facts(std::string_view outcome) {
  crypto::JsonLimits bounds;
  bounds.bytes_max = kOutcomeBytesMax;
  const auto read = crypto::read_canonical(outcome, bounds);
  if (const auto* error = std::get_if<crypto::JsonError>(&read)) return bad_outcome(error->pointer, error->code);
  const auto& json = std::get<Json>(read);
  if (!json.is_object()) return bad_outcome("", "wrong_type");
  OutcomeFacts facts;
  facts.salt = text_of(json, "salt");
  TRY(read_moves(json, facts.moves));
  if (const auto* rows = rows_of(json, "put", "key")) TRY(read_put(*rows, facts.keys));
  if (const auto* rows = rows_of(json, "set", "key")) TRY(read_set(*rows, facts.keys));
  return facts;
}

}  // namespace registry
