#include "registry/log/genesis.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/encoding.h"

namespace registry {
namespace {

using crypto::Json;

Refusal bad_genesis(std::string pointer, std::string code) {
  return refuse("genesis-form").at(std::move(pointer), std::move(code));
}

std::string text_of(const Json& object, std::string_view name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

std::optional<crypto::PublicKey> read_operator_key(const Json& payload) {
  const auto found = payload.is_object() ? payload.find("operator_key") : payload.end();
  if (found == payload.end()) return {};
  const auto suite = crypto::parse_suite(text_of(*found, "suite"));
  const auto spki = crypto::parse_base64(text_of(*found, "spki"));
  if (!suite || !spki) return {};
  return crypto::PublicKey::parse_spki(*suite, *spki);
}

}  // namespace

Result<Genesis> parse_genesis(const Header& header, const crypto::Json& payload) {
  if (header.type != kGenesisType) return bad_genesis("header/type", "not_genesis");
  auto ledger = text_of(payload, "ledger");
  if (ledger != header.ledger) return bad_genesis("/ledger", "other_ledger");
  auto log_key = crypto::NoteVerifier::parse_vkey(text_of(payload, "log_key"));
  if (!log_key) return bad_genesis("/log_key", "bad_key");
  if (log_key->name() != ledger) return bad_genesis("/log_key", "other_name");
  auto operator_key = read_operator_key(payload);
  if (!operator_key) return bad_genesis("/operator_key", "bad_key");
  if (operator_key->id() != header.key) return bad_genesis("/operator_key", "not_author");
  return Genesis{std::move(ledger), std::move(*log_key), std::move(*operator_key)};
}

}  // namespace registry
